package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eigensweep.data.table.TestFiles.bytes;
import static org.eigensweep.data.table.TestFiles.npy;
import static org.eigensweep.data.table.TestFiles.write;

import java.nio.file.Path;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.files.FilesSource;
import org.eigensweep.data.files.Layout;
import org.eigensweep.data.files.Standardization;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of files; every message is asserted whole. */
class FilesSectionTest {
  private static final String SMALL = "kind = files, train-examples = 3, test-examples = 1, ";

  @TempDir private Path folder;

  @BeforeEach
  void write3Examples() {
    for (String part : new String[] {"train", "test"}) {
      write(
          folder.resolve("d/x_" + part + ".npy"),
          npy("|u1", false, "(3, 2, 2, 1)", bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)));
      write(folder.resolve("d/y_" + part + ".npy"), npy("|u1", false, "(3,)", bytes(1, 2, 1)));
    }
  }

  private DataSource read(String data) {
    Path file =
        SettingsFiles.write(
            folder,
            "eigensweep { training.batch-size = 1, data { %s } }"
                .formatted(data.replace("$", folder + "/d")));
    return ((NetworkSource) SettingsFiles.read(file).sweep().problem()).data();
  }

  @Test
  void findsFilesByTheirNames() {
    DataSource source = read(SMALL + "dir = \"$\", first-label = 1, layout = channels-last");
    assertThat(source.classes()).isEqualTo(2);
    assertThat(source.shape()).isEqualTo(new InputShape(1, 2, 2));
    assertThat(((FilesSource) source).reading().layout()).isEqualTo(Layout.CHANNELS_LAST);
    assertThat(((FilesSource) source).reading().standardization()).isEqualTo(Standardization.BYTES);
  }

  @Test
  void takesFilesThatAreNamed() {
    DataSource source =
        read(
            SMALL
                + "dir = /nowhere, train { inputs = \"$/x_train.npy\", labels = \"$/y_test.npy\" },"
                + " classes = 7, shape = [4], standardize = by-255");
    assertThat(source.classes()).isEqualTo(7);
    assertThat(source.shape()).isEqualTo(InputShape.vector(4));
    assertThat(((FilesSource) source).test()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train.inputs = a | train.labels: found \"found\", expected a file, as the inputs are in one; name it too",
        "train.labels = a | train.inputs: found \"found\", expected a file, as the labels are in one; name it too",
        "test { inputs = a, labels = b } | test.inputs: found \"a\", expected found, where data.train.inputs is; name the training files too",
        "train.inputs = [a] | train.inputs: found [\"a\"], expected found, or a file or FILE:PART; correct it, or leave it out for the default \"found\"",
        "shape = [] | shape: found [], expected found, or a list of 1 to 3 sizes, as in [28, 28]; correct it, or leave it out for the default \"found\"",
        "shape = [1, 2, 3, 4] | shape: found [1,2,3,4], expected found, or a list of 1 to 3 sizes, as in [28, 28]; correct it, or leave it out for the default \"found\"",
        "shape = 4 | shape: found 4, expected found, or a list of 1 to 3 sizes, as in [28, 28]; correct it, or leave it out for the default \"found\"",
        "shape = [0] | shape: found 0, expected an integer of at least 1; correct it, or leave it out for the default \"found\"",
        "classes = some | classes: found \"some\", expected an integer from 1 to 1048576; correct it, or leave it out for the default \"found\"",
        "standardize = 255 | standardize: found 255, expected one of none, bytes, by-255, feature, channel; correct it, or leave it out for the default \"bytes\"",
        "layout = nhwc | layout: found \"nhwc\", expected one of channels-first, channels-last; correct it, or leave it out for the default \"channels-first\"",
        "first-label = one | first-label: found \"one\", expected an integer from -1048576 to 1048576; correct it, or leave it out for the default 0",
        "options { a = 1 } | options: found a section, expected the default \"none\"; remove it: only a kind from a jar takes options",
      })
  void refuses(String setting, String message) {
    assertThatThrownBy(() -> read(SMALL + "dir = \"$\", first-label = 1, " + setting))
        .isInstanceOf(SettingsException.class)
        .hasMessage(folder.resolve("test.conf") + ":1: eigensweep.data." + message);
  }
}
