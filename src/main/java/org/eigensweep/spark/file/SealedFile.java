package org.eigensweep.spark.file;

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
import java.util.HexFormat;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of serialized records that ends with their SHA-256. A reader checks the digest before it
 * deserializes anything, and then accepts only records of this project and their components.
 */
public final class SealedFile {
  private static final String OURS = "org.eigensweep.**;java.lang.*;java.util.*;!*";

  /** Our records are nested less than ten deep. */
  private static final int DEEPEST = 100;

  private static final int CHUNK = 1 << 16;

  private SealedFile() {}

  /**
   * Writes a file, whole or not at all, in place of one of that name.
   *
   * @param content a record, or a few within each other
   */
  public static void write(FileSystem files, Path path, Serializable content) throws IOException {
    NewFile.replace(files, path, out -> write(content, out));
  }

  private static void write(Serializable content, OutputStream out) throws IOException {
    DigestOutputStream summed = new DigestOutputStream(out, sha256());
    ObjectOutputStream objects = new ObjectOutputStream(summed);
    objects.writeObject(content);
    objects.flush();
    out.write(summed.getMessageDigest().digest());
  }

  /**
   * Reads a file.
   *
   * @param type of what was written
   * @throws IOException if it is not whole, has been changed or was written by another program
   */
  public static <T> T read(FileSystem files, Path path, Class<T> type) throws IOException {
    check(files, path);
    try (ObjectInputStream objects = new ObjectInputStream(open(files, path))) {
      objects.setObjectInputFilter(filter(files.getFileStatus(path).getLen()));
      return type.cast(objects.readObject());
    } catch (ClassNotFoundException | RuntimeException e) {
      throw new IOException("written by another program", e);
    }
  }

  /** An array has a byte or more for each of its elements, so none is longer than its file. */
  private static ObjectInputFilter filter(long bytes) {
    return ObjectInputFilter.Config.createFilter(
        "maxarray=%d;maxdepth=%d;%s".formatted(bytes, DEEPEST, OURS));
  }

  /**
   * Makes sure that a file is as it was written.
   *
   * @throws IOException if it is not whole or has been changed
   */
  public static void check(FileSystem files, Path path) throws IOException {
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

  /** The SHA-256 of any file, whole, in hexadecimal. */
  public static String sum(FileSystem files, Path path) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = files.open(path)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of what a file will hold, in hexadecimal. */
  public static String sum(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
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
