package org.pgmjms.tck.bench;

import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** One plot for each question, as SVG. */
final class Plots {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final double THOUSAND = 1000;
    private static final double BASE = 10;
    private static final String RATE_AXIS = "thousand messages a second (log)";
    private static final String CPU_AXIS = "CPU µs a message, sender + receivers (log)";

    private final Results results;
    private final Path directory;
    private final List<String> written = new ArrayList<>();

    private Plots(Results results, Path directory) {
        this.results = results;
        this.directory = directory;
    }

    /** Writes what there are figures for; answers the names of the files. */
    static List<String> write(Results results, Path directory) throws IOException {
        Files.createDirectories(directory);
        Plots plots = new Plots(results, directory);
        Function<Cell, String> receivers =
                cell -> cell.receivers() == 1 ? "1 receiver" : cell.receivers() + " receivers";
        Function<Cell, String> size = cell -> cell.size() + " bytes, N=" + cell.receivers();
        List<Cell> usual = plots.cells(Question.RATE, 256, 0);
        plots.rates("rate", "256 bytes, no loss: rate", usual, receivers);
        plots.cpu("cpu", "256 bytes, no loss: processor time", usual, receivers);
        plots.rates("loss", "256 bytes, 1 % loss: rate", plots.cells(Question.RATE, 256, 1), receivers);
        List<Cell> sizes = results.cells()
                .filter(cell -> cell.question() == Question.RATE && cell.lossPercent() == 0 && cell.receivers() == 1)
                .filter(cell -> cell.size() != 256)
                .toList();
        plots.rates("sizes", "Other sizes, no loss: rate", sizes, size);
        plots.rates(
                "limit", "Packets of 1,400 bytes: rate", plots.cells(Question.LIMIT, Cell.FULL_PACKET, 0), receivers);
        plots.rates("own", "256 bytes, own flow control: rate", plots.cells(Question.OWN, 256, 0), receivers);
        plots.cpu(
                "cost",
                "Topics, consumers, window, companion: processor time",
                plots.cells(Question.COST, 256, 0),
                receivers);
        plots.latency(plots.cells(Question.LATENCY, 256, 0));
        return List.copyOf(plots.written);
    }

    private List<Cell> cells(Question question, int size, int loss) {
        return results.cells()
                .filter(cell -> cell.question() == question && cell.size() == size && cell.lossPercent() == loss)
                .toList();
    }

    private void rates(String name, String title, List<Cell> cells, Function<Cell, String> series) throws IOException {
        draw(
                name,
                title,
                RATE_AXIS,
                data(cells, series, cell -> results.rate(cell).median() / THOUSAND));
    }

    private void cpu(String name, String title, List<Cell> cells, Function<Cell, String> series) throws IOException {
        draw(
                name,
                title,
                CPU_AXIS,
                data(cells, series, cell -> results.cpuUs(cell).median()));
    }

    private static DefaultCategoryDataset data(
            List<Cell> cells, Function<Cell, String> series, ToDoubleFunction<Cell> value) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (Cell cell : cells) {
            add(data, value.applyAsDouble(cell), series.apply(cell), cell);
        }
        return data;
    }

    private void latency(List<Cell> cells) throws IOException {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (Cell cell : cells) {
            if (cell.receivers() == 1) {
                add(data, results.p50Us(cell).median(), "p50", cell);
                add(data, results.latencyUs(cell, Latency::p99Us).median(), "p99", cell);
            }
        }
        draw("latency", "One way at 10,000/s, 256 bytes, 1 receiver", "µs (log)", data);
    }

    private static void add(DefaultCategoryDataset data, double value, String series, Cell cell) {
        if (value > 0) {
            data.addValue(value, series, cell.contender().label());
        }
    }

    private void draw(String name, String title, String axis, DefaultCategoryDataset data) throws IOException {
        if (data.getRowCount() == 0) {
            return;
        }
        JFreeChart chart =
                ChartFactory.createBarChart(title, null, axis, data, PlotOrientation.HORIZONTAL, true, false, false);
        chart.setBackgroundPaint(Color.WHITE);
        CategoryPlot plot = chart.getCategoryPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.getDomainAxis().setCategoryLabelPositions(CategoryLabelPositions.STANDARD);
        LogAxis logarithmic = new LogAxis(axis);
        logarithmic.setBase(BASE);
        logarithmic.setSmallestValue(0.01);
        logarithmic.setStandardTickUnits(NumberAxis.createStandardTickUnits());
        plot.setRangeAxis(logarithmic);
        BarRenderer bars = (BarRenderer) plot.getRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
        svg.setDefsKeyPrefix(name);
        chart.draw(svg, new Rectangle(WIDTH, HEIGHT));
        Files.writeString(directory.resolve(name + ".svg"), svg.getSVGElement() + "\n");
        written.add(name + ".svg");
    }
}
