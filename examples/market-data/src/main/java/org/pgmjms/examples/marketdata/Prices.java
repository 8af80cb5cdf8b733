package org.pgmjms.examples.marketdata;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The recorded prices: five stocks by month, the S&P 500 index by day. Their origin is in NOTICE.md beside the files. */
final class Prices {
    /** The symbols that are in the data. */
    static final List<String> SYMBOLS = List.of("MSFT", "AMZN", "IBM", "GOOG", "AAPL", "SPX");

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM d yyyy", Locale.ENGLISH);
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private Prices() {}

    /** All quotes in the order of their days. */
    static List<Quote> load() {
        List<Quote> quotes = new ArrayList<>();
        quotes.addAll(read(
                "stocks.csv",
                row -> new Quote(row.get("symbol"), LocalDate.parse(row.get("date"), MONTH), row.get("price"))));
        quotes.addAll(
                read("sp500-2000.csv", row -> new Quote("SPX", LocalDate.parse(row.get("date")), row.get("close"))));
        quotes.sort(Comparator.comparing(Quote::date));
        return List.copyOf(quotes);
    }

    private static List<Quote> read(String file, Function<CSVRecord, Quote> quote) {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Prices.class.getResourceAsStream(file), file), StandardCharsets.UTF_8)) {
            return CSV.parse(reader).stream().map(quote).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
