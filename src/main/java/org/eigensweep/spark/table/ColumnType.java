package org.eigensweep.spark.table;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What the values of a column are: in Java, in Parquet, and to Spark, which keeps its comment. */
enum ColumnType {
  TEXT {
    @Override
    PrimitiveType parquet(String name) {
      return Types.optional(BINARY).as(stringType()).named(name);
    }

    @Override
    DataType spark() {
      return DataTypes.StringType;
    }

    @Override
    void add(Group row, String name, Object value) {
      row.add(name, (String) value);
    }
  },
  INTEGER {
    @Override
    PrimitiveType parquet(String name) {
      return Types.optional(INT32).named(name);
    }

    @Override
    DataType spark() {
      return DataTypes.IntegerType;
    }

    @Override
    void add(Group row, String name, Object value) {
      row.add(name, (int) value);
    }
  },
  BIGINT {
    @Override
    PrimitiveType parquet(String name) {
      return Types.optional(INT64).named(name);
    }

    @Override
    DataType spark() {
      return DataTypes.LongType;
    }

    @Override
    void add(Group row, String name, Object value) {
      row.add(name, (long) value);
    }
  },
  REAL {
    @Override
    PrimitiveType parquet(String name) {
      return Types.optional(DOUBLE).named(name);
    }

    @Override
    DataType spark() {
      return DataTypes.DoubleType;
    }

    @Override
    void add(Group row, String name, Object value) {
      row.add(name, (double) value);
    }
  },
  /** Microseconds since 1970 in UTC: Spark's own default is a type of its own that few can read. */
  INSTANT {
    @Override
    PrimitiveType parquet(String name) {
      return Types.optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named(name);
    }

    @Override
    DataType spark() {
      return DataTypes.TimestampType;
    }

    @Override
    void add(Group row, String name, Object value) {
      row.add(name, ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
    }
  };

  /** The column in a Parquet schema; its values may be missing. */
  abstract PrimitiveType parquet(String name);

  /** Spark's type of the column. */
  abstract DataType spark();

  /** Puts a value, which is not null, into a row. */
  abstract void add(Group row, String name, Object value);
}
