package dev.watchword.model.text;

import dev.watchword.model.ModelFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a question about pictures is laid out for a model, as the public LLaVA-Mini code does it. The
 * text is cut where the pictures go; each piece is encoded by itself.
 */
public enum ChatTemplate {
    /** The released 8B's: Llama 3.1's own, with its two lines of dates. */
    LLAMA_3_1("llama-3.1") {
        @Override
        String before(String systemText) {
            return llamaBefore(DATES + PythonText.strip(systemText));
        }
    },
    /** Llama 3's: the same without dates. */
    LLAMA_3("llama-3") {
        @Override
        String before(String systemText) {
            return llamaBefore(PythonText.strip(systemText));
        }
    },
    /** Vicuna's, of plain words. */
    VICUNA("vicuna") {
        @Override
        public String systemText() {
            return "A chat between a curious user and an artificial intelligence assistant. "
                    + "The assistant gives helpful, detailed, and polite answers to the user's "
                    + "questions.";
        }

        @Override
        String before(String systemText) {
            return systemText + " USER: ";
        }

        @Override
        void lay(ConversationIds ids, List<Turn> earlier, String question) {
            String asked = "\n";
            for (Turn turn : earlier) {
                ids.text(asked + turn.question() + " ASSISTANT: " + turn.answer());
                ids.control(END_OF_TEXT);
                asked = "USER: ";
            }
            ids.text(asked + question + " ASSISTANT:");
        }

        @Override
        List<String> answerHeader() {
            return List.of();
        }

        @Override
        List<String> stopTokens() {
            return List.of(END_OF_TEXT);
        }
    },
    /**
     * No roles and no system text: the frames, then each question and each answer on a line of its
     * own.
     */
    PLAIN("plain") {
        @Override
        public String systemText() {
            return "";
        }

        @Override
        String before(String systemText) {
            return systemText;
        }

        @Override
        String named(String name, boolean first) {
            return name + ":\n";
        }

        @Override
        void lay(ConversationIds ids, List<Turn> earlier, String question) {
            StringBuilder lines = new StringBuilder();
            for (Turn turn : earlier) {
                lines.append(PythonText.strip(turn.question())).append('\n');
                lines.append(PythonText.strip(turn.answer())).append('\n');
            }
            ids.text(lines + PythonText.strip(question) + "\n");
        }

        @Override
        List<String> answerHeader() {
            return List.of();
        }

        @Override
        List<String> stopTokens() {
            return List.of(END_OF_TEXT, "<|end_of_text|>");
        }
    };

    private static final String START_HEADER = "<|start_header_id|>";
    private static final String END_HEADER = "<|end_header_id|>";
    private static final String END_OF_TURN = "<|eot_id|>";
    private static final String END_OF_TEXT = "</s>";
    private static final String DATES_BEGIN = "Cutting Knowledge Date";
    private static final String DATES =
            DATES_BEGIN + ": December 2023\nToday Date: 26 Jul 2024\n\n";

    private final String settingName;

    ChatTemplate(String settingName) {
        this.settingName = settingName;
    }

    /** Returns the name by which a setting chooses it. */
    public String settingName() {
        return settingName;
    }

    /** Returns the template of that setting name, if there is one. */
    public static Optional<ChatTemplate> named(String settingName) {
        return Arrays.stream(values())
                .filter(template -> template.settingName.equals(settingName))
                .findFirst();
    }

    /**
     * Chooses the template that a model was trained with: Llama's where the tokenizer has headers of
     * roles, {@link #PLAIN} where the model has a chat template that names no roles ({@code role} and
     * {@code USER} do not occur in it), else Vicuna's.
     *
     * @param modelTemplate the text of the chat template that came with the model
     */
    public static ChatTemplate of(Tokenizer tokenizer, Optional<String> modelTemplate) {
        if (tokenizer.idOf(START_HEADER).isEmpty()) {
            return modelTemplate.filter(ChatTemplate::namesNoRoles).isPresent() ? PLAIN : VICUNA;
        }
        boolean dated = modelTemplate.map(text -> text.contains(DATES_BEGIN)).orElse(true);
        return dated ? LLAMA_3_1 : LLAMA_3;
    }

    private static boolean namesNoRoles(String modelTemplate) {
        return !modelTemplate.isBlank()
                && !modelTemplate.contains("role")
                && !modelTemplate.contains("USER");
    }

    /** Returns the system text that models of this template were trained with. */
    public String systemText() {
        return "You are a helpful language and vision assistant. You are able to understand the "
                + "visual content that the user provides, and assist the user with a variety of "
                + "tasks using natural language.";
    }

    /** Lays out a question under the system text that the model was trained with. */
    public Prompt prompt(Tokenizer tokenizer, String question) {
        return prompt(tokenizer, systemText(), List.of(), question);
    }

    /**
     * Lays out a question behind earlier ones and their answers. Control tokens are recognised in the
     * system text, never in questions and answers.
     *
     * @param earlier oldest first; the frames stand in front of the first question
     * @throws ModelFileException if the tokenizer has not the tokens of this template
     */
    public Prompt prompt(
            Tokenizer tokenizer, String systemText, List<Turn> earlier, String question) {
        ConversationIds behind = new ConversationIds(tokenizer, "the template " + settingName);
        lay(behind, earlier, question);
        return new Prompt(tokenizer.encode(before(systemText), true), behind.ids());
    }

    /**
     * Lays out a question about several histories under the system text that the model was trained
     * with: each history behind its name, which is encoded by itself. As in the question, control
     * tokens are not recognised in names.
     *
     * @param names at least one; an empty one is left out
     * @throws ModelFileException if the tokenizer has not the tokens of this template
     */
    public Prompt prompt(Tokenizer tokenizer, List<String> names, String question) {
        Prompt alone = prompt(tokenizer, question);
        List<long[]> texts = new ArrayList<>();
        for (String name : names) {
            boolean first = texts.isEmpty();
            long[] named = name.isEmpty() ? new long[0] : tokenizer.encodePlain(named(name, first));
            texts.add(first ? Tokenizer.concatenated(alone.before(), named) : named);
        }
        texts.add(alone.after());
        return new Prompt(texts);
    }

    /**
     * Returns the ids that end an answer: this template's, where the tokenizer has them, and the
     * model's own.
     *
     * @param modelStopIds the ids that the model's configuration names
     */
    public Set<Integer> stopIds(Tokenizer tokenizer, List<Integer> modelStopIds) {
        Set<Integer> ids = new LinkedHashSet<>();
        stopTokens().forEach(token -> tokenizer.idOf(token).ifPresent(ids::add));
        ids.addAll(modelStopIds);
        return ids;
    }

    /** Returns a decoder for an answer whose ids come one at a time. */
    public AnswerText answerText(Tokenizer tokenizer) {
        String header = answerHeader().stream().collect(Collectors.joining());
        return new AnswerText(tokenizer.textDecoder(), tokenizer.encode(header, false));
    }

    /** Returns the text of a whole answer, from the ids that the model generated. */
    public String answerText(Tokenizer tokenizer, long[] generatedIds) {
        AnswerText answer = answerText(tokenizer);
        StringBuilder text = new StringBuilder();
        for (long id : generatedIds) {
            text.append(answer.append(id));
        }
        return text.append(answer.finish()).toString();
    }

    /** The text in front of the pictures. */
    abstract String before(String systemText);

    /** The text in front of one of several histories: its name, on a line of its own. */
    String named(String name, boolean first) {
        return (first ? "" : "\n") + name + ":\n";
    }

    /** Lays out what stands behind the pictures, up to where the answer begins. */
    void lay(ConversationIds ids, List<Turn> earlier, String question) {
        String asked = "\n" + (earlier.isEmpty() ? question : earlier.get(0).question());
        ids.text(PythonText.stripEnd(asked)).control(END_OF_TURN);
        for (int i = 0; i < earlier.size(); i++) {
            String next = i + 1 < earlier.size() ? earlier.get(i + 1).question() : question;
            layTurn(ids, "assistant", earlier.get(i).answer());
            layTurn(ids, "user", next);
        }
    }

    private static void layTurn(ConversationIds ids, String role, String text) {
        ids.control(START_HEADER).text(role).control(END_HEADER);
        ids.text("\n\n" + PythonText.strip(text)).control(END_OF_TURN);
    }

    /** What the model writes before its answer, since the prompt ends with the question. */
    List<String> answerHeader() {
        return List.of(START_HEADER, "assistant", END_HEADER);
    }

    List<String> stopTokens() {
        return List.of(END_OF_TURN, "<|eom_id|>", "<|end_of_text|>");
    }

    /**
     * The template spells the begin of text, and the tokenizer puts it in front once more: the
     * model was trained so.
     */
    private static String llamaBefore(String systemText) {
        return "<|begin_of_text|>" + header("system") + systemText + END_OF_TURN + header("user");
    }

    private static String header(String role) {
        return START_HEADER + role + END_HEADER + "\n\n";
    }
}
