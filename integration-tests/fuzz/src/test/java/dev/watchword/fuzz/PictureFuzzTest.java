package dev.watchword.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

class PictureFuzzTest {
    @TempDir private static Path directory;

    private static Target target;

    @BeforeAll
    static void makeTarget() throws IOException {
        target = Targets.PICTURE.in(directory);
    }

    static List<byte[]> seeds() {
        return target.seeds();
    }

    @MethodSource("seeds")
    @FuzzTest
    void isTakenOrRefused(byte[] input) throws Exception {
        target.takes(input);
    }
}
