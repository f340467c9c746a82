package org.eigensweep.report.page;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** Runs the page's figure script without a browser, in Rhino, which gives it no way to the JVM. */
final class FigureScript {
  /** ECharts asks for both where it is loaded, and needs neither where nothing moves. */
  private static final String TIMERS =
      "function setTimeout() { return 0; } function clearTimeout() {}";

  private FigureScript() {}

  /**
   * Draws all figures that the page shows at first.
   *
   * @param data the page's data, as JSON
   * @return SVG by the figure's name, in the page's order
   */
  static Map<String, String> draw(String data) {
    try (Context context = Context.enter()) {
      context.setInterpretedMode(true); // ECharts has functions that do not fit into a Java method
      context.setLanguageVersion(Context.VERSION_ES6);
      ScriptableObject scope = context.initSafeStandardObjects();
      run(context, scope, "timers", TIMERS);
      run(context, scope, "echarts", PageFile.script("echarts.min.js"));
      run(context, scope, "figures", PageFile.script("figures.js"));
      ScriptableObject.putProperty(scope, "json", data);
      Object drawn = run(context, scope, "report", "EigensweepFigures.files(JSON.parse(json))");
      return svgs((NativeArray) drawn);
    }
  }

  private static Object run(Context context, Scriptable scope, String name, String script) {
    return context.evaluateString(scope, script, name, 1, null);
  }

  private static Map<String, String> svgs(NativeArray drawn) {
    Map<String, String> svgs = new LinkedHashMap<>();
    for (Object figure : drawn) {
      Scriptable fields = (Scriptable) figure;
      svgs.put(
          Context.toString(ScriptableObject.getProperty(fields, "id")),
          Context.toString(ScriptableObject.getProperty(fields, "svg")));
    }
    return svgs;
  }
}
