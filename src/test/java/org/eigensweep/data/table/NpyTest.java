package org.eigensweep.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.data.table.TestFiles.bytes;
import static org.eigensweep.data.table.TestFiles.doubles;
import static org.eigensweep.data.table.TestFiles.npy;
import static org.eigensweep.data.table.TestFiles.write;
import static org.eigensweep.data.table.TestFiles.zip;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NumPy's arrays, spelled out byte by byte, alone and in archives. */
class NpyTest extends TableCase {
  /** Two numbers of each type in both orders of bytes. */
  @ParameterizedTest
  @CsvSource({
    "|b1, 0001, 0, 1",
    "|u1, 00ff, 0, 255",
    "|i1, 7f80, 127, -128",
    "<i2, 0100ff7f, 1, 32767",
    ">i2, 0001fffe, 1, -2",
    "<u2, 0100ffff, 1, 65535",
    ">u2, 0001ffff, 1, 65535",
    "<i4, 01000000feffffff, 1, -2",
    ">u4, 00000001ffffffff, 1, 4294967295",
    "<i8, 0100000000000000feffffffffffffff, 1, -2",
    ">i8, 0000000000000001fffffffffffffffe, 1, -2",
    "<u8, 0100000000000000ffffffffffffffff, 1, 18446744073709551615",
    "<f2, 003c00c5, 1, -5",
    ">f2, 00017bff, 5.960464477539063E-8, 65504",
    "<f4, 0000c03f000080bf, 1.5, -1",
    ">f4, 3fc00000bf800000, 1.5, -1",
    "<f8, 000000000000f83f000000000000f0bf, 1.5, -1",
    ">f8, 3ff8000000000000bff0000000000000, 1.5, -1",
    "<f4, 0000c07f0000807f, NaN, Infinity",
    "<f2, 007e00fc, NaN, -Infinity",
  })
  void everyType(String descr, String hex, double first, double second) {
    write(dir.resolve("a.npy"), npy(descr, false, "(2,)", HexFormat.of().parseHex(hex)));
    assertThat(values("a.npy", 2)).containsExactly(first, second);
    assertThat(table("a.npy").rowShape()).isEmpty();
  }

  /** The array [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]] in Fortran's order. */
  @Test
  void columnsFirst() {
    byte[] numbers = bytes(1, 7, 3, 9, 5, 11, 2, 8, 4, 10, 6, 12);
    write(dir.resolve("a.npy"), npy("|u1", true, "(2, 3, 2)", numbers));
    assertThat(values("a.npy", 2))
        .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0);
    assertThat(values("a.npy", 1)).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
  }

  /** More rows than are read at a time: value i·3 + j of row i and column j. */
  @Test
  void manyRowsColumnsFirst() {
    int rows = 40_000;
    double[] numbers = new double[3 * rows];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = k % rows * 3 + k / rows;
    }
    write(
        dir.resolve("a.npy"),
        npy(">f8", true, "(40000, 3)", doubles(ByteOrder.BIG_ENDIAN, numbers)));
    List<Double> values = values("a.npy", rows - 1);
    assertThat(values).hasSize(3 * rows - 3);
    assertThat(values.get(70_000)).isEqualTo(70_000);
    assertThat(values).isSorted();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void everyVersion(int version) {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 1), }";
    write(dir.resolve("a.npy"), npy(version, header, bytes(1, 2, 3)));
    assertThat(values("a.npy", 3)).containsExactly(1.0, 2.0, 3.0);
    assertThat(table("a.npy").words()).isEqualTo("3 x 1");
  }

  @Test
  void gzippedUnderAPlainName() {
    write(dir.resolve("a.npy"), IdxFolder.gzip(npy("|u1", false, "(2, 1)", bytes(7, 8))));
    assertThat(values("a.npy", 2)).containsExactly(7.0, 8.0);
  }

  @Test
  void arraysOfAnArchive() {
    byte[] one = npy("|u1", false, "(2, 1)", bytes(7, 8));
    byte[] two = npy("<i2", false, "(2,)", bytes(3, 0, 4, 0));
    write(dir.resolve("a.npz"), zip("x.npy", one, "labels/y.npy", two, "note.txt", bytes(1)));
    write(dir.resolve("b.npz"), zip("arr_0.npy", two));
    assertThat(values("a.npz:x", 2)).containsExactly(7.0, 8.0);
    assertThat(values("a.npz:labels/y", 2)).containsExactly(3.0, 4.0);
    assertThat(values("b.npz", 2)).containsExactly(3.0, 4.0);
    write(dir.resolve("c.npz"), zip("note.txt", bytes(1)));
    refuses(
        "c.npz",
        "%s/c.npz: a zip file without NumPy arrays, expected some: save them by numpy.savez");
    refuses("a.npz:z", "%s/a.npz: no array z, expected one of x, labels/y");
    refuses(
        "a.npz",
        "%s/a.npz: 2 arrays, expected the name of one of them: write %s/a.npz:NAME with one of x,"
            + " labels/y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'|O'; an array of Python objects, which only Python can read, expected numbers: save it by .astype(...)",
        "'<c16'; numbers of type <c16, expected bool, int8 to int64, uint8 to uint64 or float16 to float64: save it by .astype(...)",
        "'<f16'; numbers of type <f16, expected bool, int8 to int64, uint8 to uint64 or float16 to float64: save it by .astype(...)",
        "'<U5'; numbers of type <U5, expected bool, int8 to int64, uint8 to uint64 or float16 to float64: save it by .astype(...)",
        "[('a', '<f4')] ; a structured array, expected numbers of one type: save its fields as arrays",
      })
  void otherTypes(String descr, String message) {
    String header = "{'descr': %s, 'fortran_order': False, 'shape': (1,), }".formatted(descr);
    write(dir.resolve("a.npy"), npy(1, header, bytes(1, 2)));
    refuses("a.npy", "%s/a.npy: " + message);
  }

  @Test
  void malformed() {
    byte[] whole = npy("<f8", false, "(2, 2)", new byte[32]);
    write(dir.resolve("short.npy"), Arrays.copyOf(whole, whole.length - 5));
    write(dir.resolve("long.npy"), Arrays.copyOf(whole, whole.length + 1));
    write(dir.resolve("header.npy"), Arrays.copyOf(whole, 40));
    write(dir.resolve("gzip"), IdxFolder.gzip(Arrays.copyOf(whole, whole.length - 5)));
    write(dir.resolve("gzip-long"), IdxFolder.gzip(Arrays.copyOf(whole, whole.length + 1)));
    write(dir.resolve("gzip-columns"), IdxFolder.gzip(npy("<f8", true, "(2, 2)", new byte[31])));
    write(dir.resolve("single.npy"), npy("<f8", false, "()", new byte[8]));
    write(dir.resolve("version.npy"), npy(4, "{}", new byte[0]));
    write(dir.resolve("other.npy"), npy(1, "{'a': 1}", new byte[0]));
    write(dir.resolve("huge.npy"), npy("|u1", false, "(9, 99999, 99999)", new byte[0]));
    write(dir.resolve("cut.npz"), Arrays.copyOf(zip("x.npy", whole), 100));
    refuses(
        "short.npy",
        "%s/short.npy: 155 bytes long, expected 160 for the 2 x 2 numbers of float64 in its header:"
            + " fetch the file again");
    refuses(
        "long.npy",
        "%s/long.npy: 161 bytes long, expected 160 for the 2 x 2 numbers of float64 in its header:"
            + " fetch the file again");
    refuses(
        "header.npy",
        "%s/header.npy: ends inside its header, expected a NumPy array: fetch the file again");
    for (String cut : List.of("gzip", "gzip-columns")) {
      refuses(
          cut,
          "%s/"
              + cut
              + ": ends before its numbers do, expected the 2 x 2 of its header: fetch the file"
              + " again");
    }
    refuses(
        "gzip-long",
        "%s/gzip-long: goes on behind the 2 x 2 numbers of its header, expected its end: fetch the"
            + " file again");
    refuses(
        "single.npy", "%s/single.npy: a single number, expected an array with one row an example");
    refuses(
        "version.npy",
        "%s/version.npy: version 4 of the .npy format, expected 1 to 3: save it again by NumPy");
    refuses(
        "other.npy",
        "%s/other.npy: a header without type, order and shape, expected one as NumPy writes it:"
            + " fetch the file again");
    refuses(
        "huge.npy",
        "%s/huge.npy: 9 x 99999 x 99999 numbers in its header, expected rows of at most 2147483647"
            + " numbers");
    refuses(
        "cut.npz",
        "%s/cut.npz: cannot be read (Archive is not a ZIP archive), expected a NumPy archive"
            + " (.npz): fetch the file again");
    refuses(
        "long.npy:x",
        "%s/long.npy: a NumPy array, which has no part x, expected its path alone: leave :x away");
  }
}
