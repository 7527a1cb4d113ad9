package dev.palette.task.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** A record of Parquet as the JSON object that it would be: groups are objects, lists are arrays, bytes are UTF-8. */
final class ParquetValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ParquetValues() {}

    /** A group's members; those that are null are left out. */
    static ObjectNode object(Group group) {
        ObjectNode object = JSON.objectNode();
        GroupType type = group.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            int count = group.getFieldRepetitionCount(field);
            if (type.getType(field).isRepetition(Type.Repetition.REPEATED)) {
                object.set(type.getFieldName(field), elements(group, field));
            } else if (count > 0) {
                object.set(type.getFieldName(field), value(group, field, 0));
            }
        }
        return object;
    }

    private static JsonNode value(Group group, int field, int index) {
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(group, field, index);
        }
        Group inner = group.getGroup(field, index);
        boolean list = LogicalTypeAnnotation.listType().equals(type.getLogicalTypeAnnotation());
        return list ? elements(inner, 0) : object(inner);
    }

    /** What is repeated in a list: values, or as Parquet has it since version 2 groups of one value, which may be null. */
    private static ArrayNode elements(Group list, int field) {
        ArrayNode elements = JSON.arrayNode();
        Type repeated = list.getType().getType(field);
        boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
        for (int i = 0; i < list.getFieldRepetitionCount(field); i++) {
            if (!wrapped) {
                elements.add(value(list, field, i));
                continue;
            }
            Group element = list.getGroup(field, i);
            elements.add(element.getFieldRepetitionCount(0) == 0 ? JSON.nullNode() : value(element, 0, 0));
        }
        return elements;
    }

    private static JsonNode primitive(Group group, int field, int index) {
        return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> JSON.numberNode(group.getInteger(field, index));
            case INT64 -> JSON.numberNode(group.getLong(field, index));
            case FLOAT -> JSON.numberNode(group.getFloat(field, index));
            case DOUBLE -> JSON.numberNode(group.getDouble(field, index));
            case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, index));
            case BINARY -> JSON.textNode(group.getBinary(field, index).toStringUsingUTF8());
            case INT96, FIXED_LEN_BYTE_ARRAY -> JSON.textNode(group.getValueToString(field, index));
        };
    }
}
