package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eigensweep.training.Schedule;

/**
 * A schedule of the learning rate: the name of its kind, or a section with the kind and parameters.
 */
final class ScheduleSection {
  private static final String END = "end";
  private static final String WARM_UP = "warm-up";
  private static final String DECAY = "decay";
  private static final String EVERY = "every";
  private static final String GAMMA = "gamma";

  private static final Map<String, BiFunction<Choice, Integer, Schedule>> KINDS =
      new LinkedHashMap<>();

  static {
    KINDS.put("constant", (choice, steps) -> constant(choice));
    KINDS.put("cosine", (choice, steps) -> cosine(choice));
    KINDS.put("warm-up-stable-decay", ScheduleSection::warmUpStableDecay);
    KINDS.put("step", (choice, steps) -> steps(choice));
  }

  private ScheduleSection() {}

  /**
   * The schedule of a phase.
   *
   * @param steps steps of the phase
   */
  static Schedule read(Node node, int steps) {
    Choice choice = Choice.of(node, KINDS.keySet());
    return KINDS.get(choice.word()).apply(choice, steps);
  }

  private static Schedule constant(Choice choice) {
    choice.with(List.of());
    return Schedule.CONSTANT;
  }

  private static Schedule cosine(Choice choice) {
    choice.with(List.of(END));
    return new Schedule.Cosine(end(choice));
  }

  private static double end(Choice choice) {
    return choice.parameter(END, 0).number("a share from 0 to 1", x -> x >= 0 && x <= 1);
  }

  private static Schedule warmUpStableDecay(Choice choice, int steps) {
    choice.with(List.of(WARM_UP, DECAY, END));
    Node first = choice.required(WARM_UP);
    Node last = choice.required(DECAY);
    int warmUp = first.integerOfAtLeast(0);
    int decay = last.integerOfAtLeast(0);
    String lower = "lower it or train longer";
    if (warmUp > steps) {
      throw first.refuse("at most %d, the steps of the phase".formatted(steps), lower);
    }
    if (decay > steps - warmUp) {
      throw last.refuse(
          "at most %d, the steps of the phase after its warm-up".formatted(steps - warmUp), lower);
    }
    return new Schedule.WarmUpStableDecay(warmUp, decay, end(choice));
  }

  private static Schedule steps(Choice choice) {
    choice.with(List.of(EVERY, GAMMA));
    return new Schedule.Steps(
        choice.required(EVERY).integerOfAtLeast(1),
        choice.parameter(GAMMA, 0.1).number("a number above 0", x -> x > 0));
  }
}
