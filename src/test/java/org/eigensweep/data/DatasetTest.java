package org.eigensweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class DatasetTest {
  @Test
  void digestsEveryValueBigEndian() throws IOException, GeneralSecurityException {
    // More values than the digest takes at a time, so its seams are crossed.
    float[] inputs = new float[40_000];
    int[] labels = new int[20_000];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(2);
    out.writeInt(7);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = 1f / (i + 1);
      out.writeFloat(inputs[i]);
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 7;
      out.writeInt(labels[i]);
    }
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());

    Dataset dataset = Dataset.of("test", InputShape.vector(2), 7, inputs, labels);

    assertThat(dataset.sha256()).isEqualTo(HexFormat.of().formatHex(expected));
    assertThat(dataset.examples()).isEqualTo(20_000);
  }

  @Test
  void tellsShapesApartThatHoldTheSameValues() {
    Dataset wide = Dataset.of("test", InputShape.vector(2), 3, new float[2], new int[1]);
    Dataset moreClasses = Dataset.of("test", InputShape.vector(2), 4, new float[2], new int[1]);
    Dataset narrow = Dataset.of("test", InputShape.vector(1), 3, new float[2], new int[2]);

    assertThat(wide.sha256()).isNotEqualTo(moreClasses.sha256()).isNotEqualTo(narrow.sha256());
  }

  @Test
  void doesNotDependOnTheSource() {
    Dataset here = Dataset.of("here", InputShape.vector(1), 1, new float[1], new int[1]);
    Dataset there = Dataset.of("there", InputShape.vector(1), 1, new float[1], new int[1]);

    assertThat(here.sha256()).isEqualTo(there.sha256());
  }

  @Test
  void aSliceIsADataSetOfItsOwn() {
    float[] inputs = {1, 2, 3, 4, 5, 6};
    Dataset all = Dataset.of("test", InputShape.vector(2), 3, inputs, new int[] {0, 1, 2});

    Dataset slice = all.slice(1, 3);

    assertThat(slice.inputs()).containsExactly(3, 4, 5, 6);
    assertThat(slice.labels()).containsExactly(1, 2);
    assertThat(slice.source()).isEqualTo("test, examples 1 to 2");
    assertThat(slice.shape()).isEqualTo(all.shape());
    assertThat(slice.classes()).isEqualTo(3);
    assertThat(slice.sha256()).isNotEqualTo(all.sha256());
    assertThatThrownBy(() -> all.slice(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesArraysThatDisagree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of("test", InputShape.vector(3), 2, new float[5], new int[2]))
        .withMessage("test: 5 inputs for 2 labels, expected 3 inputs (features) a label");
  }

  @Test
  void refusesALabelOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Dataset.of("test", InputShape.vector(1), 2, new float[2], new int[] {0, 2}))
        .withMessage("test: label 2 of example 1, expected 0 to 1");
  }
}
