package org.eigensweep.data.table;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Which of Parquet's types are numbers, and how they are read. */
final class ParquetTypes {
  private ParquetTypes() {}

  /** The type of number, empty where it is none: dates, decimals and texts are annotated so. */
  static Optional<ElementType> number(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (meaning instanceof IntLogicalTypeAnnotation integer) {
      String sign = integer.isSigned() ? "INT" : "UINT";
      return Optional.of(ElementType.valueOf(sign + integer.getBitWidth()));
    }
    if (meaning != null) {
      return Optional.empty();
    }
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Optional.of(ElementType.BOOL);
      case INT32 -> Optional.of(ElementType.INT32);
      case INT64 -> Optional.of(ElementType.INT64);
      case FLOAT -> Optional.of(ElementType.FLOAT32);
      case DOUBLE -> Optional.of(ElementType.FLOAT64);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> Optional.empty();
    };
  }

  /** How the current value of a column is read. */
  static ToDoubleFunction<ColumnReader> reading(PrimitiveType type, ElementType number) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> column -> column.getBoolean() ? 1 : 0;
      case INT32 ->
          number == ElementType.UINT32
              ? column -> Integer.toUnsignedLong(column.getInteger())
              : ColumnReader::getInteger;
      case INT64 ->
          number == ElementType.UINT64
              ? column -> ElementType.unsigned(column.getLong())
              : ColumnReader::getLong;
      case FLOAT -> ColumnReader::getFloat;
      case DOUBLE -> ColumnReader::getDouble;
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
          throw new IllegalArgumentException(type + " is no number");
    };
  }
}
