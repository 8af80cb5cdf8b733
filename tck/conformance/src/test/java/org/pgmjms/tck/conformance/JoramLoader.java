package org.pgmjms.tck.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.objectweb.jtests.jms.admin.Admin;

/**
 * Loads the classes of the JORAM suite, which are compiled for {@code javax.jms}, as if they were written for
 * {@code jakarta.jms}: the names stand in the constant pool of a class file and are replaced there. What the suite asks
 * a provider for, {@link Admin}, knows nothing of JMS and is the same class inside and outside.
 */
final class JoramLoader extends ClassLoader {
    private static final String SUITE = "org.objectweb.jtests.jms.";
    private static final String CONFIGURATION = "provider.properties";

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private final Class<? extends Admin> admin;

    /**
     * For one run of the suite.
     *
     * @param admin what makes the suite's connection factories and destinations; has a public constructor
     */
    JoramLoader(Class<? extends Admin> admin) {
        super(JoramLoader.class.getClassLoader());
        this.admin = admin;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(SUITE) || name.equals(Admin.class.getName())) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? relocated(name) : loaded;
        }
    }

    private Class<?> relocated(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] relocated = relocate(in.readAllBytes());
            return defineClass(name, relocated, 0, relocated.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    /** The same class file with the names of {@code jakarta.jms}. */
    static byte[] relocate(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length + 1000);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(in.readLong());
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                out.writeUTF(in.readUTF().replace("javax/jms/", "jakarta/jms/").replace("javax.jms.", "jakarta.jms."));
            } else {
                out.write(in.readNBytes(length(tag)));
            }
            if (tag == LONG || tag == DOUBLE) {
                i++;
            }
        }
        out.write(in.readAllBytes());
        return bytes.toByteArray();
    }

    /** How long the rest of a constant is. Java Virtual Machine Specification, section 4.4. */
    private static int length(int tag) {
        return switch (tag) {
            case LONG, DOUBLE -> 8;
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> 4;
        };
    }

    /** The suite looks for the name of its {@link Admin} in a file. */
    @Override
    public InputStream getResourceAsStream(String name) {
        return name.equals(CONFIGURATION)
                ? new ByteArrayInputStream(
                        ("jms.provider.admin.class=" + admin.getName()).getBytes(StandardCharsets.ISO_8859_1))
                : super.getResourceAsStream(name);
    }
}
