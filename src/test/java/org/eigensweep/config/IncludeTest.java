package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings files that include others. */
class IncludeTest {
  @TempDir private Path folder;
  private Path small;

  @BeforeEach
  void write() throws IOException {
    small = Files.createDirectories(folder.resolve("paper/small"));
    Files.writeString(
        folder.resolve("paper/base.conf"),
        "include \"../common.conf\"\neigensweep { name = base, training.steps = 77 }");
    Files.writeString(folder.resolve("common.conf"), "eigensweep.training.batch-size = 33");
  }

  private Settings read(String text) throws IOException {
    return SettingsFiles.read(Files.writeString(small.resolve("twin.conf"), text));
  }

  /** Paths start at the folder of the file that names them, and later lines win. */
  @ParameterizedTest
  @ValueSource(strings = {"include \"../base.conf\"", "include required(\"../base.conf\")"})
  void aFileMayStandOnAnother(String include) throws IOException {
    Settings settings = read(include + "\neigensweep { name = twin }");
    assertThat(settings.sweep().name()).isEqualTo("twin");
    assertThat(settings.sweep().protocol().plan().steps()).isEqualTo(77);
    assertThat(settings.sweep().protocol().plan().batches().size(1000)).isEqualTo(33);
  }

  @Test
  void anAbsolutePathStandsAlone() throws IOException {
    Path base = folder.resolve("paper/base.conf");
    assertThat(read("include \"%s\"".formatted(base)).sweep().name()).isEqualTo("base");
    assertThat(read("include file(\"%s\")".formatted(base)).sweep().name()).isEqualTo("base");
  }

  @Test
  void aFaultInAnIncludedFileIsNamedThere() throws IOException {
    Files.writeString(folder.resolve("common.conf"), "eigensweep {\n  training.steps = 0\n}");
    Files.writeString(folder.resolve("paper/base.conf"), "include \"../common.conf\"");
    assertThatThrownBy(() -> read("include \"../base.conf\""))
        .isInstanceOf(SettingsException.class)
        .message()
        .matches(
            ".*common\\.conf:2: eigensweep\\.training\\.steps: found 0, expected an integer of at"
                + " least 1; correct it, or leave it out for the default 3000");
  }

  /** Typesafe Config would take it for an empty file, and run the defaults. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"../bse.conf\"",
        "include file(\"../bse.conf\")",
        "include required(\"../bse.conf\")"
      })
  void aMissingFileIsRefused(String include) {
    assertThatThrownBy(() -> read(include))
        .isInstanceOf(SettingsException.class)
        .message()
        .matches(
            ".*small/twin\\.conf: include \"\\.\\./bse\\.conf\": found nothing, expected a settings"
                + " file; correct the path, which starts at the folder of this file");
  }

  @Test
  void aMissingFileOfAnIncludedOneNamesThatOne() throws IOException {
    Files.delete(folder.resolve("common.conf"));
    assertThatThrownBy(() -> read("include \"../base.conf\""))
        .isInstanceOf(SettingsException.class)
        .message()
        .matches(
            ".*base\\.conf: include \"\\.\\./common\\.conf\": found nothing, expected a settings"
                + " file; correct the path, which starts at the folder of this file");
  }

  /** Neither of these is an include to HOCON: each says so, and none runs the defaults. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "inclde \"../base.conf\"",
        "Include \"../base.conf\"",
        "includes \"../base.conf\"",
        "#include \"../base.conf\"\ninclude = \"../base.conf\"",
        "include: \"../base.conf\"",
        "include ../base.conf",
        "include '../base.conf'",
        "include fle(\"../base.conf\")",
        "include \"../base.conf",
        "import \"../base.conf\""
      })
  void aMisspeltIncludeIsRefused(String include) {
    assertThatThrownBy(() -> read(include + "\neigensweep { name = twin }"))
        .isInstanceOf(SettingsException.class)
        .message()
        .contains("twin.conf")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/a.conf", "file:/tmp/a.conf"})
  void anAddressIsRefused(String address) {
    assertThatThrownBy(() -> read("include url(\"%s\")".formatted(address)))
        .isInstanceOf(SettingsException.class)
        .message()
        .endsWith(
            ("twin.conf: include url(\"%s\"): expected a file; fetch it and include the file, or"
                    + " set the environment variable EIGENSWEEP_INCLUDE_URL=allow")
                .formatted(address));
  }

  @Test
  void aResourceThatIsMissingIsRefused() {
    assertThatThrownBy(() -> read("include classpath(\"no/such.conf\")"))
        .isInstanceOf(SettingsException.class)
        .message()
        .contains("include \"no/such.conf\": found nothing");
  }

  /** As Windows editors leave them. */
  @Test
  void aByteOrderMarkIsNoText() throws IOException {
    Files.writeString(folder.resolve("common.conf"), "\uFEFFeigensweep.training.batch-size = 44");
    Settings settings = read("\uFEFFinclude \"../base.conf\"\neigensweep { name = twin }");
    assertThat(settings.sweep().name()).isEqualTo("twin");
    assertThat(settings.sweep().protocol().plan().batches().size(1000)).isEqualTo(44);
  }
}
