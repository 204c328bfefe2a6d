package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PictureScalerTest {

    private PictureScaler scaler;

    @BeforeEach
    void open() throws CameraException {
        FfmpegLibrary.load();
        scaler = new PictureScaler();
    }

    @AfterEach
    void close() {
        scaler.close();
    }

    @Test
    void inTheSameSizeNothingChanges() throws Exception {
        BufferedImage image = Pictures.noise(37, 23);
        BufferedImage same = scaler.scaled(image, PictureFormat.unchanged());
        assertThat(bytesOf(same)).isEqualTo(bytesOf(image));
    }

    @Test
    void takesPicturesOfChangingSizes() throws Exception {
        for (int side : new int[] {50, 20, 90, 50}) {
            BufferedImage image =
                    scaler.scaled(Pictures.redAndBlue(side, side), PictureFormat.sized(40, 30));
            assertThat(image.getWidth()).isEqualTo(40);
            assertThat(image.getHeight()).isEqualTo(30);
            Pictures.assertColor(image, 8, 15, Pictures.RED);
            Pictures.assertColor(image, 32, 15, Pictures.BLUE);
        }
    }

    @Test
    void smallDetailIsAveragedAndNotDropped() throws Exception {
        BufferedImage stripes = new BufferedImage(400, 40, BufferedImage.TYPE_3BYTE_BGR);
        for (int x = 0; x < 400; x += 2) {
            for (int y = 0; y < 40; y++) {
                stripes.setRGB(x, y, 0xffffff);
            }
        }
        BufferedImage image = scaler.scaled(stripes, PictureFormat.sized(40, 40));
        Pictures.assertColor(image, 20, 20, new Color(128, 128, 128));
    }

    @Test
    void turnsPicturesUpright() throws Exception {
        // The camera stood on its left or right side, or on its head.
        assertHalves(turned(90), Pictures.BLUE, Pictures.RED);
        assertHalves(turned(-90), Pictures.RED, Pictures.BLUE);
        BufferedImage head = turned(180);
        assertThat(head.getWidth()).isEqualTo(60);
        Pictures.assertColor(head, 10, 20, Pictures.BLUE);
        Pictures.assertColor(head, 50, 20, Pictures.RED);
    }

    @Test
    void theWantedSizeIsThatOfTheUprightPicture() throws Exception {
        PictureFormat narrow = new PictureFormat(OptionalInt.of(20), OptionalInt.empty(), 80);
        AVFrame picture = frameOf(Pictures.redAndBlue(60, 40));
        try {
            addRotation(picture, 90);
            BufferedImage image = scaler.scaled(picture, narrow);
            assertThat(image.getWidth()).isEqualTo(20);
            assertThat(image.getHeight()).isEqualTo(30);
        } finally {
            avutil.av_frame_free(picture);
        }
    }

    @Test
    void pixelsBecomeSquare() throws Exception {
        AVFrame picture = frameOf(Pictures.redAndBlue(60, 40));
        try {
            picture.sample_aspect_ratio(new AVRational().num(4).den(3));
            BufferedImage image = scaler.scaled(picture, PictureFormat.unchanged());
            assertThat(image.getWidth()).isEqualTo(80);
            assertThat(image.getHeight()).isEqualTo(40);
        } finally {
            avutil.av_frame_free(picture);
        }
    }

    /** A picture of 60 x 40 that is to be shown turned by so many degrees counterclockwise. */
    private BufferedImage turned(double counterclockwise) throws CameraException {
        AVFrame picture = frameOf(Pictures.redAndBlue(60, 40));
        try {
            addRotation(picture, counterclockwise);
            return scaler.scaled(picture, PictureFormat.unchanged());
        } finally {
            avutil.av_frame_free(picture);
        }
    }

    private static void assertHalves(BufferedImage image, Color upper, Color lower) {
        assertThat(image.getWidth()).isEqualTo(40);
        assertThat(image.getHeight()).isEqualTo(60);
        Pictures.assertColor(image, 20, 10, upper);
        Pictures.assertColor(image, 20, 50, lower);
    }

    private static AVFrame frameOf(BufferedImage image) {
        AVFrame frame = avutil.av_frame_alloc();
        frame.width(image.getWidth()).height(image.getHeight()).format(avutil.AV_PIX_FMT_BGR24);
        avutil.av_frame_get_buffer(frame, 0);
        byte[] bytes = bytesOf(image);
        for (int row = 0; row < image.getHeight(); row++) {
            frame.data(0)
                    .position((long) row * frame.linesize(0))
                    .put(bytes, row * image.getWidth() * 3, image.getWidth() * 3);
        }
        return frame;
    }

    private static void addRotation(AVFrame frame, double counterclockwise) {
        int numbers = 9;
        AVFrameSideData data =
                avutil.av_frame_new_side_data(
                        frame, avutil.AV_FRAME_DATA_DISPLAYMATRIX, numbers * Integer.BYTES);
        IntPointer matrix = new IntPointer(data.data()).capacity(numbers);
        avutil.av_display_rotation_set(matrix, -counterclockwise);
    }

    private static byte[] bytesOf(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
