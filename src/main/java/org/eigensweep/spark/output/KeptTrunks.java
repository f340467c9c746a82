package org.eigensweep.spark.output;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.Checkpoint;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.file.SealedFile;
import org.eigensweep.spark.sliced.StoredBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished trunks whose trials are not all finished yet, a file each in {@code trunks}, so that
 * a sweep that was killed does not run them again. They are worth time only: one that cannot be
 * written or read costs a warning.
 */
final class KeptTrunks {
  private static final Logger LOG = LoggerFactory.getLogger(KeptTrunks.class);
  private static final String FOLDER = "trunks";

  private final FileSystem files;
  private final Path folder;
  private final KeptTrunk.Build build;
  private final Function<Trunk, String> hash;

  /**
   * The trunks of an output folder.
   *
   * @param hash of all that fixes a trunk's numbers
   */
  KeptTrunks(FileSystem files, Path output, KeptTrunk.Build build, Function<Trunk, String> hash) {
    this.files = files;
    this.folder = files.makeQualified(new Path(output, FOLDER)); // the same for every process
    this.build = build;
    this.hash = hash;
  }

  /** Whether a trunk was kept, by its name alone. */
  boolean has(Trunk trunk) {
    try {
      return files.exists(path(trunk));
    } catch (IOException e) {
      return false; // reading it will say why
    }
  }

  /**
   * A trunk that an earlier run kept, with at least these ranks. Where there is none, what was left
   * of its vectors is deleted, because it will run again.
   */
  Optional<Completed<TrunkOutcome>> read(Trunk trunk) {
    Path path = path(trunk);
    try {
      if (files.exists(path)) {
        KeptTrunk content = SealedFile.read(files, path, KeptTrunk.class);
        check(content, trunk);
        return Optional.of(content.ran());
      }
    } catch (IOException e) {
      setAside(path, e);
    }
    delete(snapshots(trunk));
    return Optional.empty();
  }

  private void check(KeptTrunk content, Trunk expected) throws IOException {
    if (!content.build().equals(build)) {
      throw new IOException("of another build: %s, this is %s".formatted(content.build(), build));
    }
    Trunk found = content.ran().outcome().trunk();
    List<Integer> ranks = found.ranks();
    if (!found.id().equals(expected.id()) || !ranks.containsAll(expected.ranks())) {
      throw new IOException(
          "of trunk %s, ranks %s, expected %s, ranks %s"
              .formatted(found.id(), ranks, expected.id(), expected.ranks()));
    }
    for (Checkpoint at : content.ran().outcome().switches().values()) {
      check(at.theta());
      check(at.space().basis());
    }
  }

  private void check(MatrixSource vectors) throws IOException {
    if (vectors instanceof StoredBlock stored) {
      stored.check(files);
    }
  }

  private void setAside(Path path, IOException cause) {
    Path aside = path.suffix(".set-aside-" + System.currentTimeMillis());
    String left;
    try {
      left = files.rename(path, aside) ? "set aside as " + aside.getName() : "left there";
    } catch (IOException e) {
      left = "left there";
    }
    LOG.warn("{} cannot be used ({}), {}; the trunk runs again", path, Failures.line(cause), left);
  }

  /** Keeps a trunk, in place of an older file. */
  void write(Completed<TrunkOutcome> ran) {
    Path path = path(ran.outcome().trunk());
    try {
      SealedFile.write(files, path, new KeptTrunk(build, ran));
    } catch (IOException e) {
      LOG.warn(
          "cannot write {} ({}); the trunk would run again after a kill", path, Failures.line(e));
    }
  }

  /** Deletes a trunk, if it was kept, and its vectors. */
  void delete(Trunk trunk) {
    delete(path(trunk));
    delete(snapshots(trunk));
  }

  /** Deletes the folder if it holds nothing, checksums of what a killed driver left aside. */
  void tidy() {
    try {
      if (files.exists(folder) && files.listStatus(folder).length == 0) {
        delete(folder);
      }
    } catch (IOException e) {
      LOG.warn("cannot look into {} ({})", folder, Failures.line(e));
    }
  }

  private void delete(Path path) {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      LOG.warn("cannot delete {} ({})", path, Failures.line(e));
    }
  }

  /** Folder of a trunk's vectors, where they are too large for its file. */
  Path snapshots(Trunk trunk) {
    return new Path(folder, name(trunk) + ".vectors");
  }

  private Path path(Trunk trunk) {
    return new Path(folder, name(trunk));
  }

  private String name(Trunk trunk) {
    return trunk.id() + "-" + hash.apply(trunk);
  }
}
