package org.eigensweep.spark.output;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.KeptPoint;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.spark.table.Provenance;

/** A trunk or a branch as it is kept in a file, while not all of its trials are written. */
sealed interface Kept extends Serializable {
  /** The program that wrote it. */
  Build build();

  /** Steps whose points it was to keep. */
  List<Integer> keptSteps();

  /** All vectors that it holds or names. */
  Stream<MatrixSource> vectors();

  /**
   * The program of a kept part and of those who read it. Serialized records have no version of
   * their own, so it must be the same.
   */
  record Build(String version, String commit) implements Serializable {
    static Build of(Provenance provenance) {
      return new Build(provenance.version(), provenance.commit());
    }
  }

  /**
   * A trunk that has paused or ended.
   *
   * @param reached how far it came
   */
  record OfTrunk(Build build, List<Integer> keptSteps, Located<Reached<TrunkOutcome>> reached)
      implements Kept {
    @Override
    public Stream<MatrixSource> vectors() {
      return Stream.concat(
          reached.result().pause().stream().flatMap(Checkpoint::vectors),
          reached.result().outcome().stream().flatMap(OfTrunk::vectors));
    }

    private static Stream<MatrixSource> vectors(TrunkOutcome ended) {
      return Stream.concat(
          ended.switches().values().stream().flatMap(SwitchState::vectors),
          ended.kept().stream().map(KeptPoint::theta));
    }

    /** Ranks that it knows of. */
    Set<Integer> ranks() {
      Set<Integer> ranks = new TreeSet<>();
      reached.result().pause().ifPresent(at -> ranks.addAll(at.steering().keySet()));
      reached.result().outcome().ifPresent(ended -> ranks.addAll(ended.trunk().ranks()));
      return ranks;
    }
  }

  /**
   * A branch that has paused.
   *
   * @param at where it stands
   */
  record OfBranch(Build build, List<Integer> keptSteps, Located<Checkpoint> at) implements Kept {
    @Override
    public Stream<MatrixSource> vectors() {
      return at.result().vectors();
    }
  }
}
