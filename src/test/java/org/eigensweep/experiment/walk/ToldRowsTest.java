package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.Trunk;
import org.junit.jupiter.api.Test;

/** What a segment is told while it lasts is what the outcome has at the end. */
class ToldRowsTest {
  private static final class Listening implements Segment {
    private final List<Measurement> rows = new ArrayList<>();
    private final List<Integer> stepsAtRows = new ArrayList<>();
    private int steps;

    @Override
    public void begins() {}

    @Override
    public void stepped() {
      steps++;
    }

    @Override
    public void measured(Measurement point) {
      rows.add(point);
      stepsAtRows.add(steps);
    }

    @Override
    public boolean pauses() {
      return false;
    }

    @Override
    public MatrixSource keep(Matrix matrix) {
      return matrix.snapshot();
    }
  }

  @Test
  void rowsAreToldInOrderBeforeTheirStepIsCounted() {
    Trunk trunk = Protocols.trunk(0.1, 3);
    try (LocalRunner runner =
        LocalRunner.local(
            Protocols.protocol(new SwitchRule.AtStep(9), 20, 12, 3), Protocols.PROBLEM, 1)) {
      Listening told = new Listening();
      TrunkOutcome outcome =
          runner.runTrunk(trunk, new TrunkStart.Drawn(), told).outcome().orElseThrow();
      assertThat(told.rows).hasSizeGreaterThan(1).isEqualTo(outcome.measurements());
      assertThat(told.stepsAtRows)
          .isEqualTo(outcome.measurements().stream().map(Measurement::step).toList());
    }
  }
}
