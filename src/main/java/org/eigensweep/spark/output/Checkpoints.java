package org.eigensweep.spark.output;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.spark.failure.OutputException;

/**
 * How far the trunks and branches of a sweep have come whose trials are not all written yet: what a
 * sweep goes on from that was killed.
 */
public final class Checkpoints {
  private final CheckpointFiles files;
  private final OutputLock lock;
  private final Function<Trunk, String> trunkHash;
  private final Function<Trial, String> trialName;
  private final List<Integer> keptSteps;

  /**
   * The checkpoints of an output folder.
   *
   * @param lock of the folder
   * @param trunkHash of all that fixes a trunk's numbers
   * @param trialName a name that no other trial has
   * @param keptSteps steps whose points are kept
   */
  Checkpoints(
      CheckpointFiles files,
      OutputLock lock,
      Function<Trunk, String> trunkHash,
      Function<Trial, String> trialName,
      List<Integer> keptSteps) {
    this.files = files;
    this.lock = lock;
    this.trunkHash = trunkHash;
    this.trialName = trialName;
    this.keptSteps = keptSteps;
  }

  private String name(Trunk trunk) {
    return trunk.id() + "-" + trunkHash.apply(trunk);
  }

  private String name(Trial trial) {
    return trialName.apply(trial);
  }

  /** Whether a trunk was kept, paused or ended. */
  public boolean has(Trunk trunk) {
    return files.has(name(trunk));
  }

  /** Whether a trial's branch was kept. */
  public boolean has(Trial trial) {
    return files.has(name(trial));
  }

  /** How far an earlier run came with a trunk, for at least its ranks. */
  public Optional<Located<Reached<TrunkOutcome>>> of(Trunk trunk) {
    return files
        .read(
            name(trunk),
            Kept.OfTrunk.class,
            kept -> requireRanks(requirePoints(kept).ranks(), trunk))
        .map(Kept.OfTrunk::reached);
  }

  /** Points that have passed by are not to be had any more. */
  private <K extends Kept> K requirePoints(K kept) throws IOException {
    if (!kept.keptSteps().containsAll(keptSteps)) {
      throw new IOException(
          "of a run that kept the points of steps %s, expected %s"
              .formatted(kept.keptSteps(), keptSteps));
    }
    return kept;
  }

  private static void requireRanks(Set<Integer> found, Trunk trunk) throws IOException {
    if (!found.containsAll(trunk.ranks())) {
      throw new IOException("of ranks %s, expected %s".formatted(found, trunk.ranks()));
    }
  }

  /** Where an earlier run paused with a trial's branch. */
  public Optional<Located<Reached<BranchOutcome>>> of(Trial trial) {
    return files
        .read(name(trial), Kept.OfBranch.class, this::requirePoints)
        .map(kept -> kept.at().map(Reached.Paused::new));
  }

  /**
   * Keeps a trunk for a later run.
   *
   * @return false if its vectors are not where this process looks for them
   * @throws OutputException if another driver has taken the folder
   */
  public boolean keep(Trunk trunk, Located<Reached<TrunkOutcome>> reached) {
    lock.check();
    return files.write(name(trunk), new Kept.OfTrunk(files.build(), keptSteps, reached));
  }

  /**
   * Keeps a trial's branch, where it paused, for a later run.
   *
   * @return false if its vectors are not where this process looks for them
   * @throws OutputException if another driver has taken the folder
   */
  public boolean keep(Trial trial, Located<Checkpoint> at) {
    lock.check();
    return files.write(name(trial), new Kept.OfBranch(files.build(), keptSteps, at));
  }

  /** Folder for the vectors of a trunk while it runs, a Hadoop path. */
  public String vectors(Trunk trunk) {
    return files.vectors(name(trunk));
  }

  /** Folder for the vectors of a trial's branch while it runs, a Hadoop path. */
  public String vectors(Trial trial) {
    return files.vectors(name(trial));
  }

  /** No trial needs this trunk any more. */
  public void release(Trunk trunk) {
    files.delete(name(trunk));
  }

  /** This trial's branch is not needed any more. */
  public void release(Trial trial) {
    files.delete(name(trial));
  }

  /** Deletes what a driver that was killed left of trunks and branches that nobody needs. */
  public void releaseAll(Collection<Trunk> trunks, Collection<Trial> trials) {
    files.deleteAll(
        Stream.concat(trunks.stream().map(this::name), trials.stream().map(this::name))
            .collect(Collectors.toSet()));
  }
}
