package org.eigensweep.data.sst2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * SST-2 itself, where the environment variable EIGENSWEEP_DATA names the folder with it.
 *
 * <p>The digests are those of Hugging Face's tokenizers 0.23.2: {@code BertWordPieceTokenizer} on a
 * vocabulary that a Python script counted with {@code BertNormalizer} and {@code BertPreTokenizer};
 * then sha256 of pack('>ii', 2 T, 2) + (ids and attention mask a row, '>f4') + labels ('>i4').
 */
@EnabledIfEnvironmentVariable(named = "EIGENSWEEP_DATA", matches = ".+")
final class RealSst2Test {
  private static Split split;

  @BeforeAll
  static void load() {
    split = load(1000, 872, 56, 30522);
  }

  private static Split load(int train, int test, int length, int vocabulary) {
    return new Sst2Files(
            System.getenv("EIGENSWEEP_DATA"),
            train,
            test,
            length,
            new VocabularySource.Built(vocabulary))
        .load(new Configuration());
  }

  @Test
  void takesTheFirst1000RowsAndTheWholeTestSet() {
    assertThat(Arrays.copyOf(split.train().labels(), 5)).containsExactly(0, 0, 1, 0, 0);
    // hide new secretions from the parental units
    assertThat(Arrays.copyOf(split.train().inputs(), 10))
        .containsExactly(new float[] {2, 4771, 194, 12535, 141, 114, 7664, 9658, 3, 0});
    assertThat(Arrays.stream(split.test().labels()).sum()).isEqualTo(444);
  }

  @Test
  void hasTheDigestsOfHuggingFacesTokenizer() {
    assertThat(split.train().sha256())
        .isEqualTo("63f90d68824693880af534482e4970047680addd20c92908ecd1eaa2d0f21cd1");
    assertThat(split.test().sha256())
        .isEqualTo("30586f69e3767291354ab62b5862047e1b50d8e29383bf886a090639feedc887");
  }

  @Test
  void hasItsDigestWhereMostWordsAreSplit() {
    Dataset train = load(1000, 0, 200, 1000).train();

    assertThat(train.source()).contains("longest 137 of 200 tokens");
    assertThat(train.sha256())
        .isEqualTo("f6f195a2fe1e0004d2a0a2783871cf9b8e3467bf93c300ee905893f4df3e9682");
  }

  @Test
  void fillsTheDefaultLengthExactly() {
    assertThat(split.train().source())
        .endsWith(
            "/train.tsv[0:1000],longest 56 of 56 tokens,vocabulary of 13871 tokens built from 67349"
                + " rows");
  }
}
