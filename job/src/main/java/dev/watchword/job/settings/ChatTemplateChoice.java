package dev.watchword.job.settings;

/** How a question is laid out for the language model. */
public enum ChatTemplateChoice implements Named {
    /** The one that the model directory asks for. */
    AUTO("auto"),
    LLAMA_3_1("llama-3.1"),
    LLAMA_3("llama-3"),
    VICUNA("vicuna"),
    PLAIN("plain");

    private final String text;

    ChatTemplateChoice(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
