package dev.watchword.job.yard;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    private final Yard yard = ScriptedYard.of(3, 30_000, YardOptions.of(3));

    @Test
    void choosesMomentsThatDiffer() {
        List<Integer> chosen = ContactSheet.choose(yard, yard.seconds(), 12);
        assertThat(chosen).hasSize(12).doesNotHaveDuplicates().isSorted();
        assertThat(chosen)
                .extracting(second -> yard.at(second).conditions().daylight())
                .contains(Daylight.values());
        assertThat(chosen)
                .extracting(second -> yard.at(second).conditions().raining())
                .contains(true, false);
    }

    @Test
    void takesAllThereAreWhenThereAreFew() {
        assertThat(ContactSheet.choose(yard, 3, 12)).containsExactly(0, 1, 2);
    }

    @Test
    void drawsThemOnASheet() {
        BufferedImage sheet = ContactSheet.draw(yard, 600, 3);
        assertThat(sheet.getWidth()).isEqualTo(1200);
        assertThat(sheet.getHeight()).isBetween(800, 1000);
    }
}
