#!/usr/bin/env python3
"""Writes encoders/<family>/: a tiny random encoder of each family as transformers saves it, and what transformers computes with it.

    python encoders.py core/src/test/resources/golden/encoders [FAMILY ...]

Needs torch, transformers (4.57.6 gave the files that ship) and tokenizers. Each folder has config.json, model.safetensors and the
tokenizer's files, and expected.json.gz: ids of texts and pairs, every layer's output, what the pooler makes where there is one, and
the gradients of sum(upstream * last output) for a few weights, under transformers' names.
"""
import gzip
import json
import shutil
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (AutoModel, AutoTokenizer, BertConfig, BertModel, BertTokenizerFast, DebertaV2Config, DebertaV2Model,
                          DebertaV2TokenizerFast, DistilBertConfig, DistilBertModel, DistilBertTokenizerFast, ElectraConfig,
                          ElectraModel, ElectraTokenizerFast, ModernBertConfig, ModernBertModel, PreTrainedTokenizerFast,
                          RobertaConfig, RobertaModel, RobertaTokenizerFast)

CORPUS = [
    "The old dog sees a small red bird near the river, and never hears the quick cat.",
    "It's a house; there aren't any trees here! Was Café Müller open at 10:45?",
    "She said: \"don't go\" - but the horse (of course) had gone 3.5 miles by then...",
    "The children like running, jumping and swimming in the colder rivers of the north.",
]
TEXTS = ["The old dog sees a bird.", "the quick cat", "", " ", "  two  blanks ", "Café Müller", "don't aren't it's", "naïve résumé ﬁne ½",
         "10:45 3.5 1,000", "e\u0301 combining", "Ωμέγα ΣΊΣΥΦΟΣ", "Привет мир", "emoji 🐶🐱 family 👨‍👩‍👧", "tab\tand\nnewline",
         "no\u00a0break\u200bzero", "ﬀ ligature ß ẞ İ ı", "(a) [b] {c} <d>", "hyphen-ated under_scored", "end...", "ALL CAPS THE DOG",
         "a" * 120, "the dog " * 12, "مرحبا", "ไทย", "\u2028line\u2029para", "x\u0000y", "tréma\u0308"]
SPECIAL = ["chinese 你好 words", "a </s> in <s> text <mask>", "[SEP] and [CLS]"]
PAIRS = [("The old dog", "sees a bird."), ("the dog " * 8, "a cat"), ("a cat", "the dog " * 8), ("the dog " * 6, "a bird " * 6),
         ("one", ""), ("Café", "Müller 10:45"), ("the dog " * 7, "a bird " * 6)]
LENGTHS = [64, 16, 9, 8]
SIZES = dict(hidden_size=24, num_hidden_layers=2, num_attention_heads=4, intermediate_size=40, hidden_dropout_prob=0.1,
             attention_probs_dropout_prob=0.1)


def word_piece(lower):
    raw = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    raw.normalizer = normalizers.BertNormalizer(lowercase=lower)
    raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    raw.train_from_iterator(CORPUS, trainers.WordPieceTrainer(
        vocab_size=200, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    return [piece for piece, _ in sorted(raw.get_vocab().items(), key=lambda entry: entry[1])]


def byte_pairs(specials, prefix_space=False):
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix_space)
    raw.decoder = decoders.ByteLevel()
    raw.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=360, special_tokens=specials, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return raw


def word_piece_tokenizer(kind, lower, folder):
    file = folder / "vocab.txt"
    file.write_text("\n".join(word_piece(lower)) + "\n", encoding="utf-8")
    return kind(str(file), do_lower_case=lower)


def bert(folder, lower=False):
    tokenizer = word_piece_tokenizer(BertTokenizerFast, lower, folder)
    return tokenizer, BertModel(BertConfig(vocab_size=len(tokenizer), max_position_embeddings=40, initializer_range=0.2, **SIZES))


def minilm(folder):
    return bert(folder, lower=True)  # MiniLM is a narrow BERT


def distilbert(folder):
    tokenizer = word_piece_tokenizer(DistilBertTokenizerFast, True, folder)
    return tokenizer, DistilBertModel(DistilBertConfig(
        vocab_size=len(tokenizer), dim=24, n_layers=2, n_heads=4, hidden_dim=40, max_position_embeddings=40, initializer_range=0.2))


def electra(folder):
    tokenizer = word_piece_tokenizer(ElectraTokenizerFast, True, folder)
    return tokenizer, ElectraModel(ElectraConfig(
        vocab_size=len(tokenizer), embedding_size=12, max_position_embeddings=40, initializer_range=0.2, **SIZES))


def roberta(folder):
    raw = byte_pairs(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    raw.model.save(str(folder))
    tokenizer = RobertaTokenizerFast(str(folder / "vocab.json"), str(folder / "merges.txt"))
    return tokenizer, RobertaModel(RobertaConfig(
        vocab_size=len(tokenizer), max_position_embeddings=42, type_vocab_size=1, layer_norm_eps=1e-5, initializer_range=0.2, **SIZES))


def modernbert(folder):
    raw = byte_pairs(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    raw.normalizer = normalizers.NFC()
    raw.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=raw, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
        model_input_names=["input_ids", "attention_mask"])
    sizes = dict(SIZES, num_hidden_layers=4)
    for dropout in ("hidden_dropout_prob", "attention_probs_dropout_prob"):
        del sizes[dropout]
    config = ModernBertConfig(
        vocab_size=len(tokenizer), max_position_embeddings=40, local_attention=6, global_attn_every_n_layers=3, pad_token_id=0,
        cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3, initializer_range=0.2, initializer_cutoff_factor=2.0,
        attn_implementation="eager", reference_compile=False, **sizes)
    return tokenizer, ModernBertModel(config)


def deberta(folder):
    raw = Tokenizer(models.Unigram())
    raw.normalizer = normalizers.Sequence([normalizers.Strip(), normalizers.NFKC(), normalizers.Replace("  ", " ")])
    raw.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    raw.train_from_iterator(CORPUS, trainers.UnigramTrainer(
        vocab_size=180, special_tokens=["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"], unk_token="[UNK]", show_progress=False))
    raw.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0", pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1", special_tokens=[("[CLS]", 1), ("[SEP]", 2)])
    tokenizer = DebertaV2TokenizerFast(tokenizer_object=raw)
    config = DebertaV2Config(
        vocab_size=len(tokenizer), max_position_embeddings=40, type_vocab_size=0, relative_attention=True, position_buckets=8,
        max_relative_positions=-1, norm_rel_ebd="layer_norm", share_att_key=True, pos_att_type=["p2c", "c2p"],
        position_biased_input=False, layer_norm_eps=1e-7, initializer_range=0.2, pad_token_id=0, **SIZES)
    return tokenizer, DebertaV2Model(config)


GRADIENTS = {
    "bert": ["embeddings.word_embeddings.weight", "embeddings.LayerNorm.weight", "encoder.layer.0.attention.self.query.weight",
             "encoder.layer.0.attention.self.key.bias", "encoder.layer.1.output.dense.weight"],
    "distilbert": ["embeddings.word_embeddings.weight", "embeddings.LayerNorm.weight", "transformer.layer.0.attention.q_lin.weight",
                   "transformer.layer.1.ffn.lin2.weight"],
    "modernbert": ["embeddings.tok_embeddings.weight", "layers.0.attn.Wo.weight", "layers.1.mlp.Wo.weight", "layers.3.mlp_norm.weight"],
    "deberta": ["embeddings.word_embeddings.weight", "encoder.layer.0.attention.self.query_proj.weight",
                "encoder.layer.0.attention.self.key_proj.bias", "encoder.layer.1.output.dense.weight"],
}
FAMILIES = dict(bert_cased=bert, minilm=minilm, distilbert=distilbert, electra=electra, roberta=roberta, modernbert=modernbert,
                deberta=deberta)


def number(x):
    return float("%.8g" % x)


def tensor(t):
    return {"shape": list(t.shape), "data": [number(v) for v in t.detach().flatten().tolist()]}


def tokens(tokenizer, family):
    texts = TEXTS + (SPECIAL if family in ("roberta", "modernbert", "deberta") else [])
    both = [(text, None) for text in texts] + PAIRS
    cases = []
    for a, b in both:
        for length in LENGTHS if len(a) + len(b or "") > 40 else LENGTHS[:1]:
            out = tokenizer(a, b if b else None, truncation="longest_first", max_length=length)
            cases.append(dict(a=a, b=b, length=length, ids=out["input_ids"], types=out.get("token_type_ids", [])))
    return cases


def randomise(model):
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(torch.randn(p.shape, generator=generator) * 0.2 + (1.0 if "norm" in name.lower() and name.endswith("weight") else 0.0))


def states(model, family):
    lengths = [17, 5, 11, 17]
    width = max(lengths)
    generator = torch.Generator().manual_seed(5)
    mask = torch.tensor([[int(i < n) for i in range(width)] for n in lengths])
    pad = model.config.pad_token_id or 0
    ids = torch.randint(5, model.config.vocab_size, mask.shape, generator=generator)
    ids = torch.where(mask == 1, ids, torch.full_like(ids, pad))
    types = torch.tensor([[int(i >= n // 2) for i in range(width)] for n in lengths]) * mask
    segments = getattr(model.config, "type_vocab_size", 0) > 1
    given = dict(input_ids=ids, attention_mask=mask, **(dict(token_type_ids=types) if segments else {}))
    out = model(**given, output_hidden_states=True)
    hidden = list(out.hidden_states)
    if family == "modernbert":
        hidden[-1] = out.last_hidden_state
    upstream = torch.tensor([[[((s * 7 + t * 5 + h * 3) % 11 - 5) / 10 for h in range(24)] for t in range(width)]
                             for s in range(len(lengths))]) * mask.unsqueeze(-1)
    (out.last_hidden_state * upstream).sum().backward()
    names = GRADIENTS.get(family, GRADIENTS["bert"])
    named = dict(model.named_parameters())
    return dict(
        lengths=lengths, ids=ids.flatten().tolist(), types=types.flatten().tolist() if segments else [0] * ids.numel(),
        hidden=[tensor(h * mask.unsqueeze(-1)) for h in hidden],
        pooled=tensor(out.pooler_output) if getattr(out, "pooler_output", None) is not None else None,
        gradients={name: tensor(named[name].grad) for name in names})


def main():
    out = Path(sys.argv[1])
    for family in sys.argv[2:] or FAMILIES:
        folder = out / family
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        tokenizer, model = FAMILIES[family](folder)
        randomise(model)
        model.eval()
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        saved = AutoTokenizer.from_pretrained(folder)
        expected = dict(tokens=tokens(saved, family), **states(model, family))
        for name in ("special_tokens_map.json", "added_tokens.json"):
            (folder / name).unlink(missing_ok=True)
        with gzip.GzipFile(folder / "expected.json.gz", "wb", mtime=0) as file:
            file.write((json.dumps(expected, ensure_ascii=True) + "\n").encode())
        print(family, sum(file.stat().st_size for file in folder.iterdir()))


if __name__ == "__main__":
    main()
