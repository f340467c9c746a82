package org.eigensweep.report.page;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.batik.transcoder.SVGAbstractTranscoder;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.ImageTranscoder;
import org.apache.batik.transcoder.image.PNGTranscoder;

/** The page's figures as files. */
final class FigureFiles {
  /** Pixels of a PNG to one of the SVG: 300 a inch where the SVG's 640 are as wide as a column. */
  private static final int ZOOM = 3;

  private FigureFiles() {}

  /**
   * Draws every figure that the page shows at first.
   *
   * @param data the page's data, as JSON
   * @return an SVG and a PNG of each, by the name of the file, in the page's order
   */
  static Map<String, byte[]> of(String data) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    FigureScript.draw(data)
        .forEach(
            (name, svg) -> {
              files.put(name + ".svg", svg.getBytes(StandardCharsets.UTF_8));
              files.put(name + ".png", png(svg));
            });
    return files;
  }

  private static byte[] png(String svg) {
    PNGTranscoder transcoder = new PNGTranscoder();
    transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_WIDTH, ZOOM * width(svg));
    transcoder.addTranscodingHint(ImageTranscoder.KEY_BACKGROUND_COLOR, java.awt.Color.WHITE);
    transcoder.addTranscodingHint(SVGAbstractTranscoder.KEY_ALLOW_EXTERNAL_RESOURCES, false);
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try {
      transcoder.transcode(new TranscoderInput(new StringReader(svg)), new TranscoderOutput(image));
    } catch (TranscoderException e) {
      throw new IllegalStateException("a figure is no SVG that Batik draws", e);
    }
    return image.toByteArray();
  }

  private static float width(String svg) {
    int from = svg.indexOf("width=\"") + "width=\"".length();
    return Float.parseFloat(svg.substring(from, svg.indexOf('"', from)));
  }
}
