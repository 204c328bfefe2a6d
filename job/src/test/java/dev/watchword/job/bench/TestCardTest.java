package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.picture.Picture;
import dev.watchword.model.picture.PictureDecoder;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.picture.UndecodablePictureException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TestCardTest {

    @Test
    void theSameSeedGivesTheSamePictureAndItCanBeDecoded() throws UndecodablePictureException {
        byte[] jpeg = TestCard.jpeg(new SplittableRandom(1), 640, 360);

        Picture picture = new PictureDecoder(PictureLimits.DEFAULT).decode(jpeg);

        assertThat(jpeg).isEqualTo(TestCard.jpeg(new SplittableRandom(1), 640, 360));
        assertThat(picture.width()).isEqualTo(640);
        assertThat(picture.height()).isEqualTo(360);
    }
}
