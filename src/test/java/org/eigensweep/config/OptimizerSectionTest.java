package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimisers by word and by section; every message is asserted whole. */
class OptimizerSectionTest {
  private static final String KINDS =
      "expected one of sgd, heavy-ball, nesterov, rmsprop, adam, adamw; ";

  private static final String WRITE = "write one of them, or a section with a kind";

  @TempDir private Path folder;

  private OptimizerSettings read(String training, Assignment... commandLine) {
    Path file = SettingsFiles.write(folder, "eigensweep.training { %s }".formatted(training));
    return SettingsFiles.read(file, commandLine).sweep().protocol().plan().optimizer();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "optimizer = sgd                               | sgd",
        "optimizer = { kind = sgd }                    | sgd",
        "optimizer = heavy-ball                        | heavy-ball beta=0.9",
        "optimizer { kind = heavy-ball, beta = 0 }     | heavy-ball beta=0.0",
        "optimizer { kind = nesterov, beta = \"0.5\" } | nesterov beta=0.5",
        "optimizer = rmsprop                           | rmsprop beta=0.99 epsilon=1.0E-8",
        "optimizer { kind = adam, beta2 = 0.95 }       | adam beta1=0.9 beta2=0.95 epsilon=1.0E-8",
        "optimizer { kind = adamw, weight-decay = 0 }  | adamw beta1=0.9 beta2=0.999 epsilon=1.0E-8 weight-decay=0.0",
        "optimizer = adamw, sam = 0.05                 | adamw beta1=0.9 beta2=0.999 epsilon=1.0E-8 weight-decay=0.01 sam=0.05",
        "sam = 1                                       | sgd sam=1.0",
        "sam = 0                                       | sgd",
      })
  void describes(String training, String description) {
    assertThat(read(training).description()).isEqualTo(description);
  }

  @Test
  void theCommandLineGoesInsideASection() {
    Assignment beta = Assignment.parse("--set", "training.optimizer.beta=0.8");
    Assignment ball = Assignment.parse("--set", "training.optimizer.kind=heavy-ball");
    Assignment word = Assignment.parse("--set", "training.optimizer=sgd");
    assertThat(read("optimizer { kind = nesterov, beta = 0.9 }", beta).description())
        .isEqualTo("nesterov beta=0.8");
    assertThat(read("", ball, beta).description()).isEqualTo("heavy-ball beta=0.8");
    assertThat(read("optimizer { kind = nesterov, beta = 0.9 }", word))
        .isEqualTo(OptimizerSettings.SGD);
    assertThatThrownBy(() -> read("optimizer = nesterov", beta))
        .hasMessage("--set: eigensweep.training.optimizer.kind: found nothing, " + KINDS + WRITE);
  }

  static Stream<Arguments> refused() {
    String leave = "; correct it, or leave it out for the default ";
    return Stream.of(
        arguments("optimizer = adm", "optimizer: found \"adm\", " + KINDS + "did you mean adam?"),
        arguments("optimizer = Adam", "optimizer: found \"Adam\", " + KINDS + "did you mean adam?"),
        arguments(
            "optimizer { kind = heavyball }",
            "optimizer.kind: found \"heavyball\", " + KINDS + "did you mean heavy-ball?"),
        arguments("optimizer = [adam]", "optimizer: found [\"adam\"], " + KINDS + WRITE),
        arguments("optimizer = 5", "optimizer: found 5, " + KINDS + "did you mean sgd?"),
        arguments("optimizer = true", "optimizer: found true, " + KINDS + WRITE),
        arguments("optimizer = null", "optimizer: found null, " + KINDS + WRITE),
        arguments("optimizer = \"\"", "optimizer: found \"\", " + KINDS + WRITE),
        arguments("optimizer = {}", "optimizer.kind: found nothing, " + KINDS + WRITE),
        arguments("optimizer { beta = 1 }", "optimizer.kind: found nothing, " + KINDS + WRITE),
        arguments(
            "optimizer { kind = [adam] }", "optimizer.kind: found [\"adam\"], " + KINDS + WRITE),
        arguments(
            "optimizer { kind = adam, beta = 0.9 }",
            "optimizer.beta: found 0.9, expected a parameter of adam: beta1, beta2, epsilon; did"
                + " you mean beta1?"),
        arguments(
            "optimizer { kind = adam, weight-decay { x = 1 } }",
            "optimizer.weight-decay: found a section, expected a parameter of adam: beta1, beta2,"
                + " epsilon; did you mean beta1?"),
        arguments(
            "optimizer { kind = sgd, momentum = 0.9 }",
            "optimizer.momentum: found 0.9, expected nothing: sgd has no parameters; remove it"),
        arguments(
            "optimizer { kind = heavy-ball, beta = 1 }",
            "optimizer.beta: found 1, expected a number of at least 0 and below 1" + leave + "0.9"),
        arguments(
            "optimizer { kind = adam, beta2 = -0.1 }",
            "optimizer.beta2: found -0.1, expected a number of at least 0 and below 1"
                + leave
                + "0.999"),
        arguments(
            "optimizer { kind = rmsprop, beta = NaN }",
            "optimizer.beta: found \"NaN\", expected a number of at least 0 and below 1"
                + leave
                + "0.99"),
        arguments(
            "optimizer { kind = adamw, epsilon = 0 }",
            "optimizer.epsilon: found 0, expected a number above 0" + leave + "1.0E-8"),
        arguments(
            "optimizer { kind = adamw, weight-decay = -1 }",
            "optimizer.weight-decay: found -1, expected a number of at least 0" + leave + "0.01"),
        arguments("sam = -0.1", "sam: found -0.1, expected a radius of at least 0" + leave + "0"),
        arguments(
            "sam = Infinity",
            "sam: found \"Infinity\", expected a radius of at least 0" + leave + "0"),
        arguments(
            "sam { radius = 1 }",
            "sam: found a section, expected a radius of at least 0" + leave + "0"),
        arguments(
            "optimizer = adam, warm-up.steps = 4",
            "warm-up.steps: found 4, expected 0 where eigensweep.training has the optimizer adam"
                + " beta1=0.9 beta2=0.999 epsilon=1.0E-8; the workers of a warm-up train by plain"
                + " sgd"),
        arguments(
            "sam = 0.05, warm-up.steps = 4",
            "warm-up.steps: found 4, expected 0 where eigensweep.training has the optimizer sgd"
                + " sam=0.05; the workers of a warm-up train by plain sgd"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(String training, String message) {
    assertThatThrownBy(() -> read(training))
        .isInstanceOf(SettingsException.class)
        .hasMessage(folder.resolve("test.conf") + ":1: eigensweep.training." + message);
  }

  @Test
  void theFirstOfTwoMistakesIsReportedWithItsLine() {
    assertThatThrownBy(() -> read("optimizer {\n kind = adam\n zeta = 1\n alpha = 2\n}"))
        .hasMessage(
            folder.resolve("test.conf")
                + ":3: eigensweep.training.optimizer.zeta: found 1, expected a parameter of adam:"
                + " beta1, beta2, epsilon; did you mean beta1?");
  }
}
