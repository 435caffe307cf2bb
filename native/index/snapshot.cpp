// Graphs as files. hnswlib's loader trusts what it reads, so its format is not used: a header with sizes and a checksum of its own,
// the parts, and a checksum of all of them. Nothing is used before sizes, checksums and every link are checked.
//
//   header   64 bytes, see Header; little-endian
//   level 0  nodes * element_bytes     links, vector, label of each node
//   levels   nodes * 4                 highest level of each node
//   upper    upper_bytes               lists above level 0, one after another
//   members  members * 16              label (8), tenant (4), node (4)
//   scrubbed nodes
//   checksum 4                         CRC-32 of all parts
#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph.h"

namespace pi {
namespace {
struct Header {
    char magic[8] = {'P', 'I', 'X', 'I', 'N', 'D', 'E', 'X'};
    uint32_t version = 1;
    int32_t dimension = 0, links = 0, construction = 0;
    uint32_t ef = 0, entry = 0;
    int32_t top_level = 0;
    uint32_t nodes = 0;
    uint64_t members = 0, upper_bytes = 0;
    uint32_t reserved = 0, checksum = 0;
};
static_assert(sizeof(Header) == 64);
static_assert(sizeof(Member) == 16);
constexpr int32_t kMostLevels = 64;

// CRC-32 (IEEE 802.3), eight bytes a step.
struct Tables {
    uint32_t at[8][256];
    Tables() {
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t value = i;
            for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ (value & 1 ? 0xEDB88320u : 0);
            at[0][i] = value;
        }
        for (uint32_t i = 0; i < 256; i++) {
            for (int table = 1; table < 8; table++) at[table][i] = (at[table - 1][i] >> 8) ^ at[0][at[table - 1][i] & 255];
        }
    }
};

uint32_t crc32(uint32_t sum, const void* data, size_t length) {
    static const Tables tables;
    auto bytes = static_cast<const uint8_t*>(data);
    sum = ~sum;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint32_t low, high;
        std::memcpy(&low, bytes, 4);
        std::memcpy(&high, bytes + 4, 4);
        low ^= sum;
        sum = tables.at[7][low & 255] ^ tables.at[6][(low >> 8) & 255] ^ tables.at[5][(low >> 16) & 255] ^ tables.at[4][low >> 24] ^
              tables.at[3][high & 255] ^ tables.at[2][(high >> 8) & 255] ^ tables.at[1][(high >> 16) & 255] ^ tables.at[0][high >> 24];
    }
    for (; length > 0; bytes++, length--) sum = (sum >> 8) ^ tables.at[0][(sum ^ *bytes) & 255];
    return ~sum;
}

[[noreturn]] void fail_io(const char* what, const std::string& path) {
    throw Failure{PI_IO, path + " cannot be " + what + ": " + std::strerror(errno)};
}

[[noreturn]] void fail_data(const std::string& path, const std::string& what) {
    throw Failure{PI_BAD_DATA, path + " is no usable index: " + what};
}

// A file that is closed on every way out, and summed on its way.
struct File {
    std::string path;
    int handle;
    uint32_t sum = 0;

    File(const std::string& p, int flags) : path(p), handle(::open(p.c_str(), flags | O_CLOEXEC, 0600)) {
        if (handle < 0) fail_io(flags & O_CREAT ? "made" : "opened", path);
    }
    File(const File&) = delete;
    ~File() { ::close(handle); }

    void write(const void* data, size_t length) {
        sum = crc32(sum, data, length);
        for (auto bytes = static_cast<const char*>(data); length > 0;) {
            ssize_t done = ::write(handle, bytes, std::min<size_t>(length, 1 << 30));
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) fail_io("written", path);
            bytes += done;
            length -= done;
        }
    }
    void read(void* data, size_t length) {
        char* bytes = static_cast<char*>(data);
        for (size_t left = length; left > 0;) {
            ssize_t done = ::read(handle, bytes + (length - left), std::min<size_t>(left, 1 << 30));
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) fail_io("read", path);
            if (done == 0) fail_data(path, "it ends early");
            left -= done;
        }
        sum = crc32(sum, data, length);
    }
};

void sync_folder_of(const std::string& path) {
    size_t slash = path.rfind('/');
    File folder(slash == std::string::npos ? "." : path.substr(0, slash + 1), O_RDONLY | O_DIRECTORY);
    ::fsync(folder.handle);
}
}  // namespace

struct GraphFile {
    static void write(const Graph& graph, File& file) {
        const Layout& at = graph.layout_;
        std::vector<Member> members;
        for (size_t i = 0; i < graph.members_.size(); i++) {
            if (graph.is_live_[i].load(std::memory_order_acquire)) members.push_back(graph.members_[i]);
        }
        Header header;
        header.dimension = graph.shape.dimension;
        header.links = graph.shape.links;
        header.construction = graph.shape.construction;
        header.ef = graph.ef;
        header.entry = at.entry;
        header.top_level = at.top_level;
        header.nodes = at.count;
        header.members = members.size();
        for (uint32_t node = 0; node < at.count; node++) header.upper_bytes += at.levels[node] * at.upper_bytes;
        header.checksum = crc32(0, &header, offsetof(Header, checksum));
        file.write(&header, sizeof header);
        file.sum = 0;
        file.write(at.level0, at.count * at.element_bytes);
        file.write(at.levels, at.count * sizeof(int));
        for (uint32_t node = 0; node < at.count; node++) {
            if (at.levels[node] > 0) file.write(at.upper[node], at.levels[node] * at.upper_bytes);
        }
        file.write(members.data(), members.size() * sizeof(Member));
        file.write(graph.scrubbed_.data(), at.count);
        uint32_t sum = file.sum;
        file.write(&sum, sizeof sum);
    }

    static std::unique_ptr<Graph> read(File& file, int32_t dimension) {
        struct stat state;
        if (::fstat(file.handle, &state) != 0) fail_io("read", file.path);
        Header header;
        file.read(&header, sizeof header);
        check_header(header, dimension, static_cast<uint64_t>(state.st_size), file.path);
        std::unique_ptr<Graph> graph(new Graph(Shape{header.dimension, header.links, header.construction}));
        graph->ef = header.ef;
        graph->allocate(header.nodes);
        graph->refresh_layout();
        file.sum = 0;
        file.read(graph->layout_.level0, header.nodes * graph->layout_.element_bytes);
        std::vector<uint32_t> levels(header.nodes);
        std::vector<char> upper(header.upper_bytes);
        std::vector<Member> members(header.members);
        graph->scrubbed_.resize(header.nodes);
        file.read(levels.data(), levels.size() * sizeof(uint32_t));
        file.read(upper.data(), upper.size());
        file.read(members.data(), members.size() * sizeof(Member));
        file.read(graph->scrubbed_.data(), header.nodes);
        uint32_t expected, found = file.sum;
        file.read(&expected, sizeof expected);
        if (expected != found) fail_data(file.path, "its checksum is another one, the file is damaged");
        uint64_t lists = 0;
        for (uint32_t level : levels) {
            if (level > kMostLevels) fail_data(file.path, "a node of level " + std::to_string(level));
            lists += level * graph->layout_.upper_bytes;
        }
        if (lists != header.upper_bytes || graph->rebuild_upper(levels, upper.data(), upper.size()) != header.nodes)
            fail_data(file.path, "its levels and lists disagree");
        graph->enter_at(header.entry, header.top_level);
        check_links(*graph, file.path);
        for (const Member& member : members) {
            if (member.node >= header.nodes) fail_data(file.path, "a member of a node that is not there");
        }
        graph->seal(std::move(members));
        graph->hide_all();
        return graph;
    }

    static void check_header(const Header& header, int32_t dimension, uint64_t length, const std::string& path) {
        const Header mine;
        if (std::memcmp(header.magic, mine.magic, sizeof mine.magic) != 0) fail_data(path, "it does not begin with PIXINDEX");
        if (header.version != mine.version)
            fail_data(path, "its format is version " + std::to_string(header.version) + ", expected " + std::to_string(mine.version));
        if (header.checksum != crc32(0, &header, offsetof(Header, checksum))) fail_data(path, "its header is damaged");
        if (header.dimension != dimension)
            fail_data(path, "its vectors have length " + std::to_string(header.dimension) + ", expected " + std::to_string(dimension));
        bool sane = header.links >= 2 && header.links <= 256 && header.construction >= 1 && header.construction <= 1 << 20 &&
                    header.nodes > 0 && header.nodes < INT32_MAX && header.entry < header.nodes && header.top_level >= 0 &&
                    header.top_level <= kMostLevels && header.members < INT32_MAX && header.upper_bytes <= length;
        if (!sane) fail_data(path, "its sizes are out of range");
        // hnswlib's element: a word and 2 M links, the vector, the label.
        uint64_t element = 4 + 8 * static_cast<uint64_t>(header.links) + 4 * static_cast<uint64_t>(header.dimension) + sizeof(size_t);
        uint64_t expected = sizeof header + header.nodes * (element + 5) + header.upper_bytes + header.members * sizeof(Member) + 4;
        if (length != expected) fail_data(path, "it has " + std::to_string(length) + " bytes, expected " + std::to_string(expected));
    }

    static void check_links(const Graph& graph, const std::string& path) {
        const Layout& at = graph.layout_;
        if (at.levels[at.entry] != at.top_level) fail_data(path, "its entry is not on its highest level");
        for (uint32_t node = 0; node < at.count; node++) {
            for (int level = 0; level <= at.levels[node]; level++) {
                const uint32_t* links = at.links(node, level);
                uint32_t count = link_count(links);
                bool sound = count <= (level == 0 ? at.most_links0 : at.most_links);
                for (uint32_t i = 1; sound && i <= count; i++) sound = links[i] < at.count && at.levels[links[i]] >= level;
                if (!sound) fail_data(path, "a link of node " + std::to_string(node) + " leads nowhere");
            }
        }
    }
};

// Beside its place, flushed, renamed into it.
void Graph::save(const char* path) const {
    std::string beside = std::string(path) + ".tmp";
    try {
        {
            File file(beside, O_WRONLY | O_CREAT | O_TRUNC);
            GraphFile::write(*this, file);
            if (::fsync(file.handle) != 0) fail_io("flushed", beside);
        }
        if (::rename(beside.c_str(), path) != 0) fail_io("renamed", beside);
        sync_folder_of(path);
    } catch (...) {
        ::unlink(beside.c_str());
        throw;
    }
}

std::unique_ptr<Graph> Graph::load(const char* path, int32_t dimension) {
    File file(path, O_RDONLY);
    return GraphFile::read(file, dimension);
}
}  // namespace pi
