package dev.watchword.job.questions;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The ways to say one thing. In a text {@code @} and {@code #} stand for what is asked after; each is
 * a whole word or several.
 */
enum Wording {
    IS_GATE_OPEN(
            "is the gate open?",
            "is the gate open now?",
            "is the gate open right now?",
            "does the gate stand open?",
            "can you see if the gate is open?"),
    IS_GATE_CLOSED(
            "is the gate closed?",
            "is the gate closed now?",
            "is the gate shut?",
            "is the gate shut right now?",
            "can you see if the gate is closed?"),
    GATE_STATE(
            "is the gate open or closed?",
            "is the gate closed or open?",
            "is the gate open or closed now?",
            "what about the gate, open or closed?",
            "open or closed, how is the gate?"),
    IS_DOOR_OPEN(
            "is the door open?",
            "is the door open now?",
            "is the door open right now?",
            "does the door stand open?",
            "can you see if the door is open?"),
    IS_DOOR_CLOSED(
            "is the door closed?",
            "is the door closed now?",
            "is the door shut?",
            "is the door shut right now?",
            "can you see if the door is closed?"),
    DOOR_STATE(
            "is the door open or closed?",
            "is the door closed or open?",
            "is the door open or closed now?",
            "what about the door, open or closed?",
            "open or closed, how is the door?"),
    IS_LAMP_ON(
            "is the lamp on?",
            "is the lamp on now?",
            "is the light on?",
            "is the lamp lit?",
            "can you see if the lamp is on?"),
    IS_LAMP_OFF(
            "is the lamp off?",
            "is the lamp off now?",
            "is the light off?",
            "is the lamp off right now?",
            "can you see if the lamp is off?"),
    LAMP_STATE(
            "is the lamp on or off?",
            "is the lamp off or on?",
            "is the lamp on or off now?",
            "is the light on or off?",
            "on or off, how is the lamp?"),
    IS_RAINING(
            "is it raining?",
            "is it raining now?",
            "does it rain?",
            "is there rain right now?",
            "can you see if it is raining?"),
    IS_DRY(
            "is it dry?",
            "is it dry now?",
            "is it dry right now?",
            "is it dry outside?",
            "can you see if it is dry?"),
    DAYLIGHT(
            "is it day, dusk or night?",
            "is it night, dusk or day?",
            "is it day, dusk or night now?",
            "what is it, day, dusk or night?",
            "day, dusk or night?"),
    IS_DAYLIGHT(
            "is it @?",
            "is it @ now?",
            "is it @ right now?",
            "is it @ there?",
            "can you see if it is @?"),
    IS_THERE(
            "is there a @?",
            "is there a @ now?",
            "is there a @ in the yard?",
            "can you see a @?",
            "do you see a @ right now?",
            "is a @ here?"),
    IS_PARCEL_THERE(
            "is there a parcel at the door?",
            "is there a parcel at the door now?",
            "is a parcel at the door?",
            "can you see a parcel at the door?",
            "is there a parcel?",
            "do you see a parcel right now?"),
    COLOUR_NOW(
            "what colour is the @?",
            "what colour is the @ now?",
            "which colour is the @?",
            "what is the colour of the @?",
            "tell me the colour of the @."),
    COAT_NOW(
            "what colour is the person's coat?",
            "what colour is the coat of the person?",
            "which colour is the person's coat?",
            "what is the colour of the person's coat?",
            "tell me the colour of the person's coat."),
    OWNER_NOW(
            "what colour is the coat of the person with the dog?",
            "what colour is the coat of the dog's owner?",
            "which colour is the dog's owner's coat?",
            "what colour does the person with the dog wear?",
            "tell me the coat colour of the dog's owner."),
    COUNT_NOW(
            "how many @ are there?",
            "how many @ are there now?",
            "how many @ are in the yard?",
            "how many @ can you see?",
            "how many @ do you see right now?",
            "count the @ that are there."),
    WAS_THERE(
            "was there a @?",
            "was there ever a @?",
            "did a @ come?",
            "has there been a @?",
            "did you ever see a @?",
            "was a @ here?",
            "have you seen a @?"),
    WAS_PARCEL_THERE(
            "was there ever a parcel?",
            "was there a parcel at the door?",
            "was a parcel left?",
            "has there been a parcel?",
            "did you ever see a parcel?"),
    DID_IT_RAIN(
            "did it rain?",
            "did it ever rain?",
            "was there ever rain?",
            "has it rained?",
            "was there any rain?"),
    DID_OWNER_COME(
            "did a person in @ walk a dog?",
            "did a person in @ come with a dog?",
            "was there a dog with a person in @?",
            "was there ever a person in @ with a dog?",
            "has a person in @ walked a dog?"),
    COLOUR_THEN(
            "what colour was the @?",
            "which colour was the @?",
            "what colour was the @ that came?",
            "what was the colour of the @?",
            "tell me what colour the @ was."),
    COAT_THEN(
            "what colour was the person's coat?",
            "what colour was the coat of the person?",
            "which colour was the person's coat?",
            "what was the colour of the person's coat?",
            "tell me what colour the person's coat was."),
    OWNER_THEN(
            "what colour was the coat of the dog's owner?",
            "what colour was the coat of the person with the dog?",
            "which colour was the dog's owner's coat?",
            "what colour did the person with the dog wear?",
            "tell me what colour the dog's owner wore."),
    FIRST_BEFORE_SECOND_ASKED("@ before #?", "@ first, before #?"),
    FIRST_BEFORE_SECOND_SAID("@ before #?", "@ before #, right?", "@ before #, true?"),
    FIRST_AFTER_SECOND_ASKED("@ after #?", "@ later, after #?"),
    FIRST_AFTER_SECOND_SAID("@ after #?", "@ after #, right?", "@ after #, true?"),
    CAME_FIRST(
            "which came first, the @ or the #?",
            "what came first, the @ or the #?",
            "which came earlier, the @ or the #?",
            "what was here first, the @ or the #?",
            "which was first to come, the @ or the #?"),
    CAME_LAST(
            "which came last, the @ or the #?",
            "what came last, the @ or the #?",
            "which came later, the @ or the #?",
            "what came later, the @ or the #?",
            "which was last to come, the @ or the #?"),
    CAME(
            "how many @ came?",
            "how many @ have come?",
            "how many @ came so far?",
            "how many @ came in?",
            "count the @ that came."),
    PARCELS_CAME(
            "how many parcels were left?",
            "how many parcels came?",
            "how many parcels were brought?",
            "how many parcels have been left?",
            "count the parcels that were left."),
    GATE_OPENED(
            "how often did the gate open?",
            "how many times did the gate open?",
            "how often was the gate opened?",
            "how many times was the gate opened?",
            "count how often the gate opened."),
    TELL_WHEN(
            "tell me when @.",
            "let me know when @.",
            "say when @.",
            "please tell me when @.",
            "tell me as soon as @.",
            "warn me when @."),
    IN_WHICH_YARD(
            "in which yard was there a @?",
            "in which yard was a @?",
            "in which yard did you see a @?",
            "which yard did a @ come to?",
            "which yard had a @?"),
    GATE_OF_WHICH_YARD(
            "in which yard is the gate @?",
            "in which yard is the gate @ now?",
            "which yard has a gate that is @?"),
    RAIN_IN_WHICH_YARD(
            "in which yard did it rain?",
            "in which yard was there rain?",
            "in which yard has it rained?"),
    WHAT_COLOUR_WAS_IT(
            "what colour was it?",
            "which colour was it?",
            "what color was it?",
            "which colour did it have?"),
    WHAT_COLOUR_IS_IT(
            "what colour is it?",
            "which colour is it?",
            "what color is it?",
            "which colour does it have?"),
    IS_IT_STILL_THERE(
            "is it there now?",
            "is it still there?",
            "is it still here?",
            "can you still see it?",
            "do you see it now?"),
    WHAT_ABOUT("what about @?", "how about @?");

    private static final double CAPITAL = 0.5;
    private static final double NO_END = 0.3;

    private final List<String> texts;

    Wording(String... texts) {
        this.texts = List.of(texts);
    }

    List<String> texts() {
        return texts;
    }

    /** Draws a wording, begins it with a capital half of the time and sometimes leaves out its end. */
    String write(RandomGenerator random, String... things) {
        String text = texts.get(random.nextInt(texts.size()));
        StringBuilder written = new StringBuilder(80);
        for (int at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '@' -> written.append(things[0]);
                case '#' -> written.append(things[1]);
                default -> written.append(text.charAt(at));
            }
        }
        if (random.nextDouble() < NO_END) {
            written.setLength(written.length() - 1);
        }
        if (random.nextDouble() < CAPITAL) {
            written.setCharAt(0, Character.toUpperCase(written.charAt(0)));
        }
        return written.toString();
    }

    /** The words that can stand where a text has a mark, without what things are called. */
    static Stream<String> insertions() {
        return Stream.concat(
                Stream.of(Happening.Change.values()).flatMap(Happening.Change::phrases),
                Stream.of(WaitQuestions.Clause.values())
                        .map(WaitQuestions.Clause::text)
                        .map(text -> text.toLowerCase(Locale.ROOT)));
    }
}
