package org.eigensweep.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eigensweep.data.table.TestFiles.bytes;
import static org.eigensweep.data.table.TestFiles.idx;
import static org.eigensweep.data.table.TestFiles.write;

import java.util.Arrays;
import java.util.HexFormat;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IDX files of every type, and files that are none. */
class IdxTest extends TableCase {
  @ParameterizedTest
  @CsvSource({
    "08, 01ff, 1, 255",
    "09, 01ff, 1, -1",
    "0b, 0001fffe, 1, -2",
    "0c, 00000001fffffffe, 1, -2",
    "0d, 3fc00000bf800000, 1.5, -1",
    "0e, 3ff8000000000000bff0000000000000, 1.5, -1",
  })
  void everyType(String type, String hex, double first, double second) {
    byte[] numbers = HexFormat.of().parseHex(hex);
    int code = HexFormat.fromHexDigits(type);
    write(dir.resolve("a"), idx(code, new int[] {1, 1, 2, 1}, numbers));
    write(dir.resolve("b"), IdxFolder.gzip(idx(code, new int[] {2}, numbers)));
    assertThat(table("a").words()).isEqualTo("1 x 1 x 2 x 1");
    assertThat(values("a", 1)).containsExactly(first, second);
    assertThat(values("b", 2)).containsExactly(first, second);
  }

  @Test
  void malformed() {
    byte[] whole = idx(8, new int[] {2, 2}, bytes(1, 2, 3, 4));
    write(dir.resolve("short"), Arrays.copyOf(whole, 15));
    write(dir.resolve("header"), Arrays.copyOf(whole, 7));
    write(dir.resolve("type"), idx(10, new int[] {2}, bytes(1, 2)));
    write(dir.resolve("size"), idx(8, new int[] {-2}, bytes()));
    write(dir.resolve("empty"), new byte[0]);
    write(dir.resolve("page"), bytes('<', 'h', 't', 'm', 'l', '>', ' ', ' '));
    write(dir.resolve("pickle"), bytes(0x80, 4, 5, 6));
    refuses(
        "short",
        "%s/short: 15 bytes long, expected 16 for the 2 x 2 numbers of uint8 in its header: fetch"
            + " the file again");
    refuses(
        "header", "%s/header: ends inside its header, expected an IDX file: fetch the file again");
    refuses("type", "%s/type: IDX element type 0x0a, expected 0x08, 0x09 or 0x0b to 0x0e");
    refuses("size", "%s/size: size -2 in its header, expected 0 or more: fetch the file again");
    refuses("empty", "%s/empty: an empty file, expected NumPy (.npy, .npz), Parquet or IDX");
    refuses(
        "page",
        "%s/page: a page of HTML or XML, expected NumPy (.npy, .npz), Parquet or IDX: fetch the"
            + " file again");
    refuses(
        "pickle",
        "%s/pickle: a Python pickle, expected NumPy (.npy, .npz), Parquet or IDX: load it in Python"
            + " and numpy.save its arrays");
  }

  @Test
  void missing() {
    assertThat(dir).exists();
    assertThatThrownBy(() -> table("nowhere"))
        .hasMessage(dir + "/nowhere: no such file, expected one of numbers: correct the path");
  }

  /** Two records: coarse labels 3 and 4, fine ones 30 and 40. */
  @Test
  void recordsOfCifar100() {
    byte[] records = new byte[2 * 3074];
    records[0] = 3;
    records[1] = 30;
    records[3073] = 9;
    records[3074] = 4;
    records[3075] = 40;
    write(dir.resolve("train.bin"), records);
    write(dir.resolve("zipped"), IdxFolder.gzip(records));
    assertThat(values("train.bin:coarse", 2)).containsExactly(3.0, 4.0);
    assertThat(values("zipped:fine", 2)).containsExactly(30.0, 40.0);
    assertThat(table("zipped:pixels").words()).isEqualTo("2 x 3 x 32 x 32");
    assertThat(values("train.bin:pixels", 1)).hasSize(3072).endsWith(9.0);
    write(dir.resolve("cut.bin"), Arrays.copyOf(records, 5000));
    refuses(
        "cut.bin:fine",
        "%s/cut.bin: 5000 bytes long, expected a multiple of 3074 above 0, 2 labels and 3072 pixels"
            + " a record of CIFAR-100: fetch the file again");
  }
}
