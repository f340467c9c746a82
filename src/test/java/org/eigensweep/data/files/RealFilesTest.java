package org.eigensweep.data.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.InputShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** MNIST as any other data, where the environment variable EIGENSWEEP_DATA names its folder. */
@EnabledIfEnvironmentVariable(named = "EIGENSWEEP_DATA", matches = ".+")
class RealFilesTest {
  @Test
  void hasTheDigestThatNumpyComputes() {
    Configuration hadoop = new Configuration();
    FoundSet set = FoundFolder.of(System.getenv("EIGENSWEEP_DATA"), hadoop).set("mnist");
    FilesSource source =
        new FilesRequest(
                set.train(),
                set.test(),
                new Reading(List.of(), Layout.CHANNELS_FIRST, Standardization.BYTES),
                0,
                OptionalInt.empty(),
                5000,
                1000)
            .open(hadoop);
    assertThat(source.classes()).isEqualTo(10);
    assertThat(source.shape()).isEqualTo(new InputShape(1, 28, 28));
    // As in the test of the kind mnist.
    assertThat(source.load(hadoop).train().sha256())
        .isEqualTo("e48e02746ae50a07dea2551b32078dd265e39dcbcdce42c6fb27475e6571f706");
  }
}
