package org.eigensweep.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.plugin.Services;

/**
 * A kind of data, as {@code data.kind} names it. Kinds are found by {@link
 * java.util.ServiceLoader}, so a jar on the class path brings one of its own by naming its class in
 * {@code META-INF/services/org.eigensweep.data.DataKind}. The class is public and has a public
 * constructor without arguments.
 */
public interface DataKind {
  /** All that jars bring. */
  Services<DataKind> ALL =
      new Services<>(DataKind.class, DataKind::name, "kind of data", "kinds of data");

  /** Its name in settings: small letters, digits and hyphens; none of Eigensweep's own. */
  String name();

  /**
   * The keys that it takes in {@code data.options}, in the order in which messages list them.
   * Others are refused before {@link #open} is called.
   */
  default List<String> options() {
    return List.of();
  }

  /**
   * The data that settings ask for. It is called while the settings are read, on the machine that
   * the command runs on: files may be looked at for shape and classes, but examples are read only
   * by {@link DataSource#load}.
   *
   * @param request what the settings say
   * @param hadoop configuration of the file systems that paths may name
   * @throws DataException if a value or a file cannot be used; its message is shown as one line
   */
  DataSource open(DataRequest request, Configuration hadoop);
}
