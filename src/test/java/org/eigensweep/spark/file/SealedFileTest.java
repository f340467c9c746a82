package org.eigensweep.spark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose sum is right although nobody of ours wrote them. */
class SealedFileTest {
  private static final double[] VALUES = {1.5, -2, 3};

  @TempDir private java.nio.file.Path folder;
  private FileSystem files;
  private Path path;

  @BeforeEach
  void open() throws IOException {
    files = FileSystem.getLocal(new Configuration()).getRaw();
    path = new Path(folder.toString(), "sealed");
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private void seal(byte[] content) throws Exception {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(content);
    byte[] sealed = Arrays.copyOf(content, content.length + sum.length);
    System.arraycopy(sum, 0, sealed, content.length, sum.length);
    Files.write(folder.resolve("sealed"), sealed);
  }

  @Test
  void readsWhatItWrote() throws Exception {
    SealedFile.write(files, path, VALUES);
    assertThat(SealedFile.read(files, path, double[].class)).containsExactly(VALUES);
    seal(serialized(VALUES));
    assertThat(SealedFile.read(files, path, double[].class)).containsExactly(VALUES);
  }

  /** The length of an array is not believed: 16 GiB would be taken for a file of 100 bytes. */
  @Test
  void allocatesNoMoreThanIsThere() throws Exception {
    byte[] content = serialized(VALUES);
    int length = content.length - VALUES.length * Double.BYTES - Integer.BYTES;
    assertThat(ByteBuffer.wrap(content).getInt(length)).isEqualTo(VALUES.length);
    ByteBuffer.wrap(content).putInt(length, Integer.MAX_VALUE);
    seal(content);
    assertThatThrownBy(() -> SealedFile.read(files, path, double[].class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("REJECTED");
  }

  @Test
  void descendsNoDeeperThanItsRecords() throws Exception {
    List<Object> nested = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      nested = new ArrayList<>(List.of(nested));
    }
    seal(serialized(nested));
    assertThatThrownBy(() -> SealedFile.read(files, path, List.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("REJECTED");
  }

  /** Leaves a trace when it is deserialized; only by its name one of ours. */
  private static boolean tripped;

  private static final class Tripwire extends java.io.File {
    private Tripwire() {
      super("any");
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      tripped = true;
    }
  }

  @Test
  void takesNoClassesButOurs() throws Exception {
    seal(serialized((Serializable) new Tripwire()));
    assertThatThrownBy(() -> SealedFile.read(files, path, Object.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("REJECTED");
    assertThat(tripped).isFalse();
  }
}
