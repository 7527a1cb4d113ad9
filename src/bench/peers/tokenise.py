"""SST-2's training sentences, already in memory, into ids: by the original's tokenizer or by Hugging Face's `tokenizers`, over all its threads."""

from pathlib import Path


class Work:
    def __init__(self, spec):
        rows = (Path(spec["data"]) / "SST-2/train.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
        self.sentences = [row.split("\t")[0] for row in rows]
        self.length = spec["maxLength"]
        if spec["peer"] == "original":
            from wordpiece import WordPieceTokenizer

            tokenizer = WordPieceTokenizer(spec["vocabulary"])
            self.encode = lambda: [tokenizer.encode(sentence, self.length) for sentence in self.sentences]
        else:
            from tokenizers import BertWordPieceTokenizer

            tokenizer = BertWordPieceTokenizer(spec["vocabulary"], lowercase=True)
            tokenizer.enable_truncation(self.length)
            self.encode = lambda: [encoding.ids for encoding in tokenizer.encode_batch(self.sentences)]

    def run(self):
        encoded = self.encode()
        return len(encoded), sum(map(len, encoded))
