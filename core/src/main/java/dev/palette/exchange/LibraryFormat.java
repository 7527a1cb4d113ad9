package dev.palette.exchange;

/** In which form another library keeps an adapter: a folder of one adapter and its head. */
public enum LibraryFormat {
    /** Hugging Face's {@code peft}: {@code adapter_config.json} and {@code adapter_model.safetensors}. */
    PEFT("peft"),
    /** AdapterHub's {@code adapters}: {@code adapter_config.json}, {@code pytorch_adapter.bin} and the same of a head. */
    ADAPTER_HUB("adapterHub");

    private final String label;

    LibraryFormat(String label) {
        this.label = label;
    }

    /** What commands and messages call it. */
    public String label() {
        return label;
    }
}
