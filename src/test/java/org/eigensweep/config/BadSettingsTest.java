package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, places and files that cannot be used; every message is asserted whole. */
class BadSettingsTest {
  @TempDir private Path folder;

  static Stream<Arguments> unknownKeys() {
    return Stream.of(
        arguments("training.stepz = 5", "eigensweep.training.stepz", "eigensweep.training.steps"),
        arguments("trainig { steps = 5 }", "eigensweep.trainig", "eigensweep.training"),
        arguments("steps = 5", "eigensweep.steps", "eigensweep.training.steps"),
        arguments("sweep.rank = [5]", "eigensweep.sweep.rank", "eigensweep.sweep.ranks"),
        arguments("\"a\\nb\" = 5", "eigensweep.\"a\\nb\"", "eigensweep.data"));
  }

  @ParameterizedTest
  @MethodSource
  void unknownKeys(String setting, String key, String nearest) {
    assertRefused(
        "eigensweep { %s }".formatted(setting),
        ":1: %s: unknown key; did you mean %s?".formatted(key, nearest));
  }

  @Test
  void settingsOutsideTheRootAreNotIgnored() {
    assertRefused(
        "training { steps = 5 }", ":1: training: unknown key; did you mean eigensweep.training?");
  }

  @Test
  void theFirstOfTwoUnknownKeysIsReported() {
    assertRefused(
        "eigensweep {\n  zeta = 1\n  alpha = 2\n}",
        ":2: eigensweep.zeta: unknown key; did you mean eigensweep.data?");
  }

  @Test
  void aConflictWithADefaultNamesTheReference() {
    assertThatThrownBy(() -> read("eigensweep.eigenspace.pairs = 5"))
        .isInstanceOf(SettingsException.class)
        .message()
        .matches(
            "reference\\.conf:\\d+: eigensweep\\.sweep\\.ranks: found 10, expected at most"
                + " eigensweep\\.eigenspace\\.pairs = 5; lower it or raise"
                + " eigensweep\\.eigenspace\\.pairs");
  }

  @Test
  void syntaxErrorsNameTheLine() {
    assertRefused(
        "eigensweep {\n  sweep { seeds = [0, 1 }\n}",
        ":2: List should have ended with ] or had a comma, instead had token: '}' (if you want '}'"
            + " to be part of a string value, then double-quote it); correct the syntax");
  }

  @Test
  void unresolvedSubstitutionsNameTheLine() {
    assertRefused(
        "eigensweep {\n  name = ${nowhere}\n}",
        ":2: Could not resolve substitution to a value: ${nowhere}; define it, or write ${?...} if"
            + " it may be missing");
  }

  @Test
  void listsCannotBeJoinedToText() {
    assertThatThrownBy(() -> read("eigensweep.name = [a]"))
        .isInstanceOf(SettingsException.class)
        .message()
        .matches(
            "reference\\.conf:\\d+: Cannot concatenate .*\\[\"a\"].*; only text can be joined to text");
  }

  @Test
  void aMissingFileIsNotAnEmptyOne() {
    Path missing = folder.resolve("missing.conf");
    assertThatThrownBy(() -> SettingsFiles.read(missing))
        .isInstanceOf(SettingsException.class)
        .hasMessage(missing + ": found nothing, expected a settings file; check the path");
    assertThatThrownBy(() -> SettingsFiles.read(folder))
        .hasMessage(folder + ": found a folder, expected a settings file; check the path");
  }

  @Test
  void overridesNameHowTheyWereGiven() {
    Path file = SettingsFiles.write(folder, "eigensweep { training.steps = 10 }");
    String refusal =
        ": eigensweep.training.steps: found -3, expected an integer of at least 1; correct it, or"
            + " leave it out for the default 3000";
    assertThatThrownBy(
            () -> SettingsFiles.read(file, Assignment.parse("--set", "training.steps=-3")))
        .hasMessage("--set" + refusal);
    Properties system = new Properties();
    system.setProperty("eigensweep.training.steps", "-3");
    assertThatThrownBy(() -> SettingsReader.read(file, List.of(), system, new Configuration()))
        .hasMessage("-D" + refusal);
    assertThatThrownBy(() -> SettingsFiles.read(file, Assignment.parse("--set", "trainig.steps=3")))
        .hasMessage("--set: eigensweep.trainig: unknown key; did you mean eigensweep.training?");
    assertThatThrownBy(() -> SettingsFiles.read(file, Assignment.parse("--set", "training=3")))
        .hasMessage(
            "--set: eigensweep.training: found 3, expected a section; write its keys in braces");
    assertThatThrownBy(() -> SettingsFiles.read(file, Assignment.parse("--set", "sweep.ranks=[1")))
        .hasMessage(
            "--set: List should have ended with ] or had a comma, instead had token: end of file (if"
                + " you want end of file to be part of a string value, then double-quote it);"
                + " correct the syntax");
  }

  @Test
  void aSectionInSeveralPlacesNamesTheFirst() {
    Path file = SettingsFiles.write(folder, "eigensweep { trainig { steps = 1 } }");
    assertThatThrownBy(
            () -> SettingsFiles.read(file, Assignment.parse("--set", "trainig.batch-size=3")))
        .hasMessage("--set: eigensweep.trainig: unknown key; did you mean eigensweep.training?");
    assertRefused(
        "eigensweep.trainig.steps = 1\neigensweep.trainig.rules = []",
        ":1: eigensweep.trainig: unknown key; did you mean eigensweep.training?");
  }

  @Test
  void overridesThatAreNoAssignments() {
    assertThatThrownBy(() -> Assignment.parse("--set", "training.steps"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: found \"training.steps\", expected key=value; write for example"
                + " training.steps=100");
    Path file = SettingsFiles.write(folder, "");
    assertThatThrownBy(() -> SettingsFiles.read(file, Assignment.parse("-D", "a..b=1")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "-D: found the key \"a..b\", expected names joined by dots; write for example"
                + " training.steps=100");
  }

  private void assertRefused(String text, String afterFile) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SettingsException.class)
        .hasMessage(folder.resolve("test.conf") + afterFile);
  }

  private Settings read(String text) {
    return SettingsFiles.read(SettingsFiles.write(folder, text));
  }
}
