#!/usr/bin/env bash
# Adapters of peft's and AdapterHub's through Palette and back: read, written again, and loaded by the real packages, which must give the
# logits that they gave before. Needs a built checkout, and a Python with what src/bench/golden/exchange.py names (BENCH_PYTHON).
set -euo pipefail
cd "$(dirname "$0")/../.."
golden=core/src/test/resources/golden
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$work/encoder" "$work/out"
cp "$golden/adapters/encoder.safetensors" "$work/encoder/model.safetensors"
cat > "$work/encoder/config.json" <<'JSON'
{"model_type": "bert", "hidden_act": "gelu", "vocab_size": 60, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4,
 "intermediate_size": 40, "max_position_embeddings": 14, "type_vocab_size": 2}
JSON
{ printf '%s\n' '[PAD]' '[UNK]' '[CLS]' '[SEP]' '[MASK]'; for i in $(seq 55); do echo "w$i"; done; } > "$work/encoder/vocab.txt"
for folder in "$golden"/exchange/*/; do
    name=$(basename "$folder")
    case $name in peft-*) to=peft ;; *) to=adapterHub ;; esac
    ${PALETTE:-./palette} adapters import "$folder" "$work/$name.safetensors" --task mrpc --encoder "$work/encoder" --set "cache.dir=$work/cache"
    ${PALETTE:-./palette} adapters export "$work/$name.safetensors" "$work/out/$name" --to $to --set "cache.dir=$work/cache"
done
"${BENCH_PYTHON:-python3}" src/bench/golden/exchange.py check "$work/out" "$golden/exchange"
