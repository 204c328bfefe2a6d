package dev.watchword.job.yard;

import java.awt.Color;

/** In which shades of its colour a thing is drawn, before light and weather. */
public enum Shades {
    /** The colour's usual shade, and what is very near to it. */
    USUAL {
        @Override
        Color of(Colour colour, long look) {
            return Palette.usual(colour, look);
        }
    },

    /**
     * Half of the things in the usual shade, the others in any that people would call by the colour's
     * name. Who learns from these learns what a colour is, not how one paint looks.
     */
    ANY {
        @Override
        Color of(Colour colour, long look) {
            return Seeds.unit(look, 40) < 0.5
                    ? Palette.any(colour, look)
                    : Palette.usual(colour, look);
        }
    };

    /** Returns the shade of a thing; the same for the same look. */
    abstract Color of(Colour colour, long look);
}
