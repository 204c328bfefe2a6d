package dev.watchword.model;

import dev.watchword.model.picture.Channels;
import dev.watchword.model.picture.ClipSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads how pictures are made ready from preprocessor_config.json. Only what CLIP does is known, so
 * a file that asks for something else is refused.
 */
final class PreprocessorReader {
    private static final int BICUBIC = 3;
    private static final double RESCALE_FACTOR = 1 / 255.0;

    private PreprocessorReader() {}

    static ClipSettings read(Optional<Path> file, ModelConfig model) {
        int size = model.vision().imageSize();
        ClipSettings.Fit fit =
                switch (model.fit()) {
                    case PAD -> ClipSettings.Fit.PAD;
                    case CROP -> ClipSettings.Fit.CROP;
                };
        ClipSettings defaults = ClipSettings.clip(size, fit);
        if (file.isEmpty()) {
            return defaults;
        }
        ConfigValues values = ConfigValues.read(file.get());
        requireClip(values, size);
        return new ClipSettings(
                size,
                channels(values, "image_mean", defaults.mean(), "from 0 to 1", 0, 1),
                channels(
                        values,
                        "image_std",
                        defaults.deviation(),
                        "above 0",
                        Double.MIN_VALUE,
                        Double.MAX_VALUE),
                fit);
    }

    private static void requireClip(ConfigValues values, int size) {
        requireSize(values, "size", "shortest_edge", size);
        requireSize(values, "crop_size", "height", size);
        requireSize(values, "crop_size", "width", size);
        for (String step : List.of("do_resize", "do_center_crop", "do_rescale", "do_normalize")) {
            values.require(values.flag(step, true), step, "true, as CLIP was trained");
        }
        values.require(values.integer("resample", BICUBIC) == BICUBIC, "resample", "3: bicubic");
        double factor = values.positiveNumber("rescale_factor", RESCALE_FACTOR);
        values.require(Math.abs(factor - RESCALE_FACTOR) < 1e-9, "rescale_factor", "1/255");
    }

    /** A size is given as one number, or as an object with a number for each side. */
    private static void requireSize(ConfigValues values, String key, String side, int size) {
        String expected = "%d, the vision tower's \"image_size\"".formatted(size);
        if (values.isObject(key)) {
            ConfigValues sides = values.required(key);
            sides.requireGiven(side, expected);
            sides.require(sides.integer(side, size) == size, side, expected);
        } else {
            values.require(values.integer(key, size) == size, key, expected);
        }
    }

    private static Channels channels(
            ConfigValues values,
            String key,
            Channels whenAbsent,
            String range,
            double least,
            double most) {
        if (!values.has(key)) {
            return whenAbsent;
        }
        List<Double> numbers = values.numbers(key);
        values.require(
                numbers.size() == 3
                        && numbers.stream().allMatch(number -> number >= least && number <= most),
                key,
                "three numbers " + range);
        return new Channels(numbers.get(0), numbers.get(1), numbers.get(2));
    }
}
