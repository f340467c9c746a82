package org.eigensweep.spark.output;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.file.SealedFile;
import org.eigensweep.spark.sliced.StoredBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trunks and branches whose trials are not all written yet, a file each in {@code checkpoints},
 * so that a sweep that was killed goes on where it was. They are worth time only: one that cannot
 * be written or read costs a warning.
 *
 * <p>The vectors of a part lie in files of their own in a folder beside its file, where those who
 * run it put them. They are deleted when the part's file no longer names them.
 */
final class CheckpointFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);
  private static final String FOLDER = "checkpoints";
  private static final String VECTORS = ".vectors";

  private final FileSystem files;
  private final Path folder;
  private final Kept.Build build;

  /** The checkpoints of an output folder, as one program writes and reads them. */
  CheckpointFiles(FileSystem files, Path output, Kept.Build build) {
    this.files = files;
    this.folder = files.makeQualified(new Path(output, FOLDER)); // the same for every process
    this.build = build;
  }

  /** The program that writes. */
  Kept.Build build() {
    return build;
  }

  /** Whether a part was kept, by its name alone. */
  boolean has(String part) {
    try {
      return files.exists(path(part));
    } catch (IOException e) {
      return false; // reading it will say why
    }
  }

  /** Says what is wrong with a kept part. */
  @FunctionalInterface
  interface Check<K> {
    void check(K kept) throws IOException;
  }

  /**
   * A part that was kept. Where there is none, what was left of its vectors is deleted, because it
   * will run again.
   *
   * @param part its name
   * @param type of what was kept
   * @param fits whether it is what the reader needs
   */
  <K extends Kept> Optional<K> read(String part, Class<K> type, Check<K> fits) {
    Path path = path(part);
    try {
      if (files.exists(path)) {
        K content = SealedFile.read(files, path, type);
        check(part, content);
        fits.check(content);
        return Optional.of(content);
      }
    } catch (IOException e) {
      setAside(path, e);
    }
    delete(new Path(vectors(part)));
    return Optional.empty();
  }

  private void check(String part, Kept content) throws IOException {
    if (!content.build().equals(build)) {
      throw new IOException("of another build: %s, this is %s".formatted(content.build(), build));
    }
    for (MatrixSource vector : content.vectors().toList()) {
      if (vector instanceof StoredBlock stored) {
        if (!stored.isIn(vectors(part))) {
          throw new IOException("its vectors are in %s, not here".formatted(stored.folder()));
        }
        stored.check(files);
      }
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
    LOG.warn("{} cannot be used ({}), {}; it runs again", path, Failures.line(cause), left);
  }

  /**
   * Keeps a part, in place of what it was before.
   *
   * @return false if vectors that it names are not where this process looks for them: those who run
   *     it have another folder of that name
   */
  boolean write(String part, Kept content) {
    Path path = path(part);
    try {
      Set<String> named = blocks(content);
      for (String block : named) {
        if (!files.exists(new Path(block))) {
          return false;
        }
      }
      SealedFile.write(files, path, content);
      forgetAllBut(named, new Path(vectors(part)));
    } catch (IOException e) {
      LOG.warn("cannot write {} ({}); after a kill it would run again", path, Failures.line(e));
    }
    return true;
  }

  private static Set<String> blocks(Kept content) {
    return content
        .vectors()
        .filter(StoredBlock.class::isInstance)
        .map(block -> ((StoredBlock) block).folder())
        .collect(Collectors.toSet());
  }

  /** Deletes the blocks that no checkpoint names any more. */
  private void forgetAllBut(Set<String> named, Path vectors) throws IOException {
    if (!files.exists(vectors)) {
      return;
    }
    Set<String> kept = named.stream().map(it -> new Path(it).getName()).collect(Collectors.toSet());
    for (FileStatus block : files.listStatus(vectors)) {
      if (!kept.contains(block.getPath().getName())) {
        delete(block.getPath());
      }
    }
  }

  /** Deletes a part, if it was kept, and its vectors. */
  void delete(String part) {
    delete(path(part));
    delete(new Path(vectors(part)));
  }

  /** Deletes those of some parts that were kept. */
  void deleteAll(Set<String> parts) {
    try {
      for (FileStatus entry : files.exists(folder) ? files.listStatus(folder) : new FileStatus[0]) {
        String name = entry.getPath().getName();
        String part =
            name.endsWith(VECTORS) ? name.substring(0, name.length() - VECTORS.length()) : name;
        if (parts.contains(part)) {
          delete(entry.getPath());
        }
      }
    } catch (IOException e) {
      LOG.warn("cannot look into {} ({})", folder, Failures.line(e));
    }
  }

  /** Deletes the folder if it holds nothing. */
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

  /** Folder of the vectors of a part, a Hadoop path. */
  String vectors(String part) {
    return new Path(folder, part + VECTORS).toString();
  }

  private Path path(String part) {
    return new Path(folder, part);
  }
}
