package org.eigensweep.spark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.experiment.TrunkOutcome;

/**
 * A trunk in a file: serialized records, then the SHA-256 of all that. Nothing is taken from a file
 * before its sum was found right, and then nothing but records of ours and what they consist of.
 */
final class TrunkFile {
  /**
   * The content.
   *
   * @param origin what it goes back to
   * @param ran the trunk
   */
  record Content(Origin origin, Ran<TrunkOutcome> ran) implements Serializable {}

  /**
   * What a trunk must have in common with the sweep that takes it up. Serialized records have no
   * version of their own, so the program's must be the same.
   */
  record Origin(
      String settings, String trainSha256, String testSha256, String version, String commit)
      implements Serializable {
    static Origin of(Provenance provenance) {
      return new Origin(
          provenance.settings(),
          provenance.trainSha256(),
          provenance.testSha256(),
          provenance.version(),
          provenance.commit());
    }
  }

  private static final ObjectInputFilter OURS =
      ObjectInputFilter.Config.createFilter("org.eigensweep.**;java.lang.*;java.util.*;!*");
  private static final int CHUNK = 1 << 16;

  private TrunkFile() {}

  /** Writes a file, whole or not at all. */
  static void write(FileSystem files, Path path, Content content) throws IOException {
    NewFile.write(files, path, out -> write(content, out));
  }

  private static void write(Content content, OutputStream out) throws IOException {
    DigestOutputStream summed = new DigestOutputStream(out, sha256());
    ObjectOutputStream objects = new ObjectOutputStream(summed);
    objects.writeObject(content);
    objects.flush();
    out.write(summed.getMessageDigest().digest());
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is not whole, has been changed or was written by another program
   */
  static Content read(FileSystem files, Path path) throws IOException {
    checkSum(files, path);
    try (ObjectInputStream objects = new ObjectInputStream(open(files, path))) {
      objects.setObjectInputFilter(OURS);
      return (Content) objects.readObject();
    } catch (ClassNotFoundException | RuntimeException e) {
      throw new IOException("written by another program", e);
    }
  }

  private static void checkSum(FileSystem files, Path path) throws IOException {
    MessageDigest digest = sha256();
    try (DigestInputStream in = new DigestInputStream(open(files, path), digest)) {
      skip(in, files.getFileStatus(path).getLen() - digest.getDigestLength());
      byte[] expected = digest.digest();
      in.on(false);
      if (!Arrays.equals(in.readAllBytes(), expected)) {
        throw new IOException("its SHA-256 is wrong");
      }
    }
  }

  /** Reads so many bytes. */
  private static void skip(InputStream in, long bytes) throws IOException {
    if (bytes < 0) {
      throw new EOFException("too short for a SHA-256");
    }
    byte[] chunk = new byte[CHUNK];
    for (long left = bytes; left > 0; ) {
      int read = in.read(chunk, 0, (int) Math.min(left, CHUNK));
      if (read < 0) {
        throw new EOFException("%d bytes are missing".formatted(left));
      }
      left -= read;
    }
  }

  private static InputStream open(FileSystem files, Path path) throws IOException {
    return new BufferedInputStream(files.open(path), CHUNK);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
