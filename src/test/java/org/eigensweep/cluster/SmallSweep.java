package org.eigensweep.cluster;

/** Six trials on two trunks, of a few seconds each. */
final class SmallSweep {
  static final String CONF =
      """
      eigensweep {
        name = small
        data  { kind = digits, train-examples = 300, test-examples = 100 }
        model { hidden = [16] }
        training { steps = 40, switch { on = step, step = 15 } }
        eigenspace { pairs = 5 }
        sweep { learning-rates = [0.02, 0.1], seeds = [0], ranks = [5] }
      }
      """;

  private SmallSweep() {}
}
