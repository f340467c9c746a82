package org.eigensweep.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.data.table.TestFiles.bytes;
import static org.eigensweep.data.table.TestFiles.list;
import static org.eigensweep.data.table.TestFiles.parquet;
import static org.eigensweep.data.table.TestFiles.write;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of Parquet files that Parquet's own writer left. */
class ParquetTest extends TableCase {
  private static final String LISTS =
      "message m { optional group px (LIST) { repeated group list { optional int32 element"
          + " (INTEGER(8,false)); } } optional int64 label; }";

  private static List<Consumer<Group>> rows(int count) {
    return IntStream.range(0, count)
        .<Consumer<Group>>mapToObj(
            i -> list("px", i % 256, i % 7, 255).andThen(row -> row.add("label", (long) i)))
        .toList();
  }

  /** More than one row group and page, and a row in their midst where reading stops. */
  @Test
  void arrays() {
    parquet(dir.resolve("a.parquet"), LISTS, rows(5000));
    NumberTable table = table("a.parquet:px");
    assertThat(table.words()).isEqualTo("5000 x 3");
    assertThat(table.type()).isEqualTo(ElementType.UINT8);
    List<Double> values = values("a.parquet:px", 4321);
    for (int i = 0; i < 4321; i++) {
      assertThat(values.subList(3 * i, 3 * i + 3))
          .containsExactly(i % 256 + 0.0, i % 7 + 0.0, 255.0);
    }
    assertThat(values("a.parquet:label", 5000)).isSorted().endsWith(4999.0);
  }

  /** In a folder as Spark leaves one, the files one after another in the order of their names. */
  @Test
  void folders() {
    parquet(dir.resolve("all/part-1.parquet"), LISTS, rows(3));
    parquet(dir.resolve("all/part-0.parquet"), LISTS, rows(2));
    write(dir.resolve("all/_SUCCESS"), new byte[0]);
    assertThat(values("all:label", 5)).containsExactly(0.0, 1.0, 0.0, 1.0, 2.0);
    assertThat(values("all:label", 3)).containsExactly(0.0, 1.0, 0.0);
    assertThat(values("all/part-*.parquet:label", 3)).containsExactly(0.0, 1.0, 0.0);
    refuses("all/x*:label", "%s/all/x*: no Parquet files, expected a file: name one");
    write(dir.resolve("none/x.npy"), bytes(1));
    refuses("none", "%s/none: a folder without Parquet files, expected a file: name one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required int32 a                     | int32   | -1",
        "optional int32 a (INTEGER(32,false)) | uint32  | 4294967295",
        "required int32 a (INTEGER(16,true))  | int16   | -1",
      })
  void integers(String column, String type, double value) {
    parquet(
        dir.resolve("a.parquet"),
        "message m { %s; }".formatted(column),
        List.of(row -> row.add("a", -1)));
    assertThat(table("a.parquet").type().word()).isEqualTo(type);
    assertThat(values("a.parquet", 1)).containsExactly(value);
  }

  /** Of two levels, as Avro writes it, and a repeated field without a list around it. */
  @Test
  void otherArrays() {
    parquet(
        dir.resolve("a.parquet"),
        "message m { required group a (LIST) { repeated float array; } repeated double b; required"
            + " boolean c; }",
        List.of(
            row -> {
              row.addGroup("a").append("array", 1.5f).append("array", 2.5f);
              row.append("b", 3.0).append("b", 4.0).append("b", 5.0).append("c", true);
            }));
    assertThat(values("a.parquet:a", 1)).containsExactly(1.5, 2.5);
    assertThat(values("a.parquet:b", 1)).containsExactly(3.0, 4.0, 5.0);
    assertThat(values("a.parquet:c", 1)).containsExactly(1.0);
    refuses(
        "a.parquet",
        "%s/a.parquet: column a holds arrays beside 2 other columns, expected numbers in all or one"
            + " column of arrays: name the columns to take");
  }

  /** By name, by the beginning of names, and all but the labels; a mark is left of a CSV file. */
  @Test
  void aColumnAFeature() {
    parquet(
        dir.resolve("a.parquet"),
        "message m { required double \ufefflabel; required float f1; required float f2; required"
            + " binary id (STRING); }",
        List.of(
            row ->
                row.append("\ufefflabel", 1.0)
                    .append("f1", 2f)
                    .append("f2", 3f)
                    .append("id", "x")));
    assertThat(values("a.parquet:f2,f1", 1)).containsExactly(3.0, 2.0);
    assertThat(values("a.parquet:f*", 1)).containsExactly(2.0, 3.0);
    assertThat(values("a.parquet:label", 1)).containsExactly(1.0);
    TableReference whole = TableReference.parse(dir + "/a.parquet");
    assertThat(
            whole.without(TableReference.parse(dir + "/a.parquet:label,id")).open(HADOOP).words())
        .isEqualTo("1 x 2");
    refuses("a.parquet:f3", "%s/a.parquet: no column f3, expected one of label, f1, f2, id");
    refuses("a.parquet:g*", "%s/a.parquet: no column g*, expected one of label, f1, f2, id");
    refuses(
        "a.parquet",
        "%s/a.parquet: column id holds STRING, expected numbers or arrays of numbers: cast it, or"
            + " name the columns to take");
  }

  @Test
  void raggedArrays() {
    parquet(dir.resolve("a.parquet"), LISTS, List.of(list("px", 1, 2), list("px", 1)));
    parquet(dir.resolve("b.parquet"), LISTS, List.of(list("px", 1, 2), list("px", 1, 2, 3)));
    parquet(dir.resolve("c.parquet"), LISTS, List.of(list("px", 1, 2), list("px")));
    for (String[] is : new String[][] {{"a", "1"}, {"b", "3"}, {"c", "0"}}) {
      refuses(
          is[0] + ".parquet:px",
          "%s/"
              + is[0]
              + ".parquet:px: "
              + is[1]
              + " numbers in row 1, expected 2 as in row 0: make all arrays equally long");
    }
  }

  @Test
  void nulls() {
    Consumer<Group> hole = row -> row.addGroup("px").addGroup("list");
    parquet(dir.resolve("a.parquet"), LISTS, List.of(list("px", 1), row -> {}));
    parquet(dir.resolve("b.parquet"), LISTS, List.of(list("px", 1), hole));
    String advice = ", expected a number: drop the row or fill it";
    refuses("a.parquet:px", "%s/a.parquet: column px is null in row 1" + advice);
    refuses("b.parquet:px", "%s/b.parquet: column px is null in row 1 at place 0" + advice);
    refuses("a.parquet:label", "%s/a.parquet: column label is null in row 0" + advice);
  }

  @Test
  void nestedArraysAndDamage() {
    parquet(
        dir.resolve("a.parquet"),
        "message m { repeated group a { repeated float b; } required group c { required float d;"
            + " required float e; } }",
        List.of(row -> row.addGroup("c").append("d", 1f).append("e", 1f)));
    refuses(
        "a.parquet:a",
        "%s/a.parquet: column a holds arrays of arrays, expected numbers or arrays of numbers:"
            + " flatten it, and say its shape by data.shape");
    refuses(
        "a.parquet:c",
        "%s/a.parquet: column c holds a struct, expected numbers or arrays of numbers: flatten it,"
            + " and say its shape by data.shape");
    write(dir.resolve("cut.parquet"), bytes('P', 'A', 'R', '1', 0, 0, 0, 0, 0, 0, 0, 0, 0));
    refuses(
        "cut.parquet:a",
        "%s/cut.parquet: cannot be read (%s/cut.parquet is not a Parquet file. Expected magic number"
            + " at tail, but found [0, 0, 0, 0]), expected a Parquet file: fetch the file again");
  }

  @Test
  void noRows() {
    parquet(dir.resolve("a.parquet"), LISTS, List.of());
    assertThat(table("a.parquet:px").words()).isEqualTo("0 x 0");
  }
}
