package dev.watchword.job.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchword.job.bench.Table.Cell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** A table for programs: one object a row, with every column; null where there is nothing. */
final class JsonLines {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final MathContext DIGITS = new MathContext(6);

    private JsonLines() {}

    /** The lines of a table. */
    static List<String> lines(Table table) {
        List<String> keys = table.keys();
        return table.rows().stream().map(row -> line(keys, row)).toList();
    }

    private static String line(List<String> keys, List<Cell> row) {
        ObjectNode object = MAPPER.createObjectNode();
        for (int column = 0; column < keys.size(); column++) {
            put(object, keys.get(column), row.get(column));
        }
        return object.toString();
    }

    private static void put(ObjectNode object, String key, Cell cell) {
        if (cell instanceof Cell.Text text) {
            object.put(key, text.text());
        } else if (cell instanceof Cell.Whole whole) {
            object.put(key, whole.number());
        } else if (cell instanceof Cell.Decimal decimal && Double.isFinite(decimal.number())) {
            object.put(key, new BigDecimal(decimal.number()).round(DIGITS).doubleValue());
        } else {
            object.putNull(key);
        }
    }
}
