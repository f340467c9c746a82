package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import org.eigensweep.training.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules by word and by section, of a phase of 10 steps; every message is asserted whole. */
class ScheduleSectionTest {
  private static Schedule read(String training) {
    return ScheduleSection.read(
        Node.root("training", parse(training), parse("schedule = constant")).child("schedule"), 10);
  }

  private static ConfigObject parse(String text) {
    var options = ConfigParseOptions.defaults().setOriginDescription("a.conf");
    return ConfigFactory.parseString(text, options).root();
  }

  @Test
  void theDefaultIsConstant() {
    var reference = ConfigFactory.parseResources("reference.conf");
    assertThat(reference.getString("eigensweep.training.schedule")).isEqualTo("constant");
    assertThat(read("schedule = constant")).isSameAs(Schedule.CONSTANT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind = constant                                         | constant",
        "kind = cosine                                           | cosine end=0.0",
        "kind = cosine, end = 1                                  | cosine end=1.0",
        "kind = warm-up-stable-decay, warm-up = 0, decay = 10    | warm-up-stable-decay warm-up=0 decay=10 end=0.0",
        "kind = warm-up-stable-decay, warm-up = 4, decay = 6, end = 0.1 | warm-up-stable-decay warm-up=4 decay=6 end=0.1",
        "kind = step, every = 3                                  | step every=3 gamma=0.1",
        "kind = step, every = 30, gamma = 2                      | step every=30 gamma=2.0",
      })
  void describes(String section, String description) {
    assertThat(read("schedule { %s }".formatted(section)).description()).isEqualTo(description);
  }

  @Test
  void aWordHasTheDefaultsOfItsSection() {
    assertThat(read("schedule = cosine")).isEqualTo(new Schedule.Cosine(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "schedule = cosin | schedule: found \"cosin\", expected one of constant, cosine, warm-up-stable-decay, step; did you mean cosine?",
        "schedule = [step] | schedule: found [\"step\"], expected one of constant, cosine, warm-up-stable-decay, step; write one of them, or a section with a kind",
        "schedule { end = 1 } | schedule.kind: found nothing, expected one of constant, cosine, warm-up-stable-decay, step; write one of them, or a section with a kind",
        "schedule { kind = constant, end = 1 } | schedule.end: found 1, expected nothing: constant has no parameters; remove it",
        "schedule { kind = cosine, every = 1 } | schedule.every: found 1, expected a parameter of cosine: end; did you mean end?",
        "schedule { kind = cosine, end = 1.5 } | schedule.end: found 1.5, expected a share from 0 to 1; correct it, or leave it out for the default 0.0",
        "schedule { kind = cosine, end = -1 } | schedule.end: found -1, expected a share from 0 to 1; correct it, or leave it out for the default 0.0",
        "schedule = step | schedule.every: found nothing, expected an integer of at least 1; give it",
        "schedule { kind = step, every = 0 } | schedule.every: found 0, expected an integer of at least 1; correct it",
        "schedule { kind = step, every = 1, gamma = 0 } | schedule.gamma: found 0, expected a number above 0; correct it, or leave it out for the default 0.1",
        "schedule { kind = warm-up-stable-decay, decay = 1 } | schedule.warm-up: found nothing, expected an integer of at least 0; give it",
        "schedule { kind = warm-up-stable-decay, warm-up = -1, decay = 1 } | schedule.warm-up: found -1, expected an integer of at least 0; correct it",
        "schedule { kind = warm-up-stable-decay, warm-up = 11, decay = 0 } | schedule.warm-up: found 11, expected at most 10, the steps of the phase; lower it or train longer",
        "schedule { kind = warm-up-stable-decay, warm-up = 4, decay = 7 } | schedule.decay: found 7, expected at most 6, the steps of the phase after its warm-up; lower it or train longer",
      })
  void refuses(String training, String message) {
    assertThatThrownBy(() -> read(training))
        .isInstanceOf(SettingsException.class)
        .hasMessage("a.conf:1: training." + message);
  }
}
