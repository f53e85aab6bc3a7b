"""EVE's bus in Python, both roles of the wire (docs/bus.md). On input and output a JSON array a line:
evebus.py ROOT subscribe AGENT TOPIC    prints ["update", KEY, VALUE], ["delete", KEY], ["complete"], ["restarted", N], ["gone"]
evebus.py ROOT publish AGENT TOPIC      takes ["update", KEY, VALUE], ["delete", KEY], ["restarted", N], until its input ends"""
import base64, json, os, socket, sys, threading, time

def socket_in(root, agent, topic):      # an address holds 107 bytes of a path: by way of its folder's descriptor any will do
    os.makedirs(folder := os.path.join(root, "run", agent), mode=0o700, exist_ok=True)
    return f"/proc/self/fd/{os.open(folder, os.O_PATH)}/{topic}.sock"

def whole(value):                       # large fields come by way of files; whoever has read one removes it
    if not isinstance(value, dict): return [whole(v) for v in value] if isinstance(value, list) else value
    fields = {}
    for name, inner in value.items():
        if not name.startswith("pubsub-file-"): fields[name] = whole(inner); continue
        with open(json.loads(inner)) as file: fields |= json.load(file)
        os.remove(file.name)
    return fields

def received(connection):               # nothing: the other end has gone
    try: return connection.recv(65536)
    except ConnectionResetError: return b""

def follow(root, agent, topic):
    known, path = set(), socket_in(root, agent, topic)
    while True:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try: connection.connect(path)
        except OSError: time.sleep(0.1); continue
        connection.send(f"request {topic}".encode())
        unnamed = set(known)
        while packet := received(connection):
            verb, _, *fields = packet.decode().split(" ")
            if verb in ("update", "delete"):
                key, *values = (base64.b64decode(f).decode() for f in fields)
                (known.add if verb == "update" else known.discard)(key), unnamed.discard(key)
                yield [verb, key, *(whole(json.loads(v)) for v in values)]
            elif verb == "complete":
                for key in unnamed: known.discard(key); yield ["delete", key]   # only its former life had them
                yield [verb]
            elif verb == "restarted": yield [verb, int(fields[0])]
        yield ["gone"]                  # the values stay until it is back and has named its own

def serve(connection, topic, state, moved):
    packed = lambda text: base64.b64encode(text.encode()).decode()
    say = lambda verb, *words: connection.send(" ".join([verb, topic, *words]).encode())
    if connection.recv(256) != f"request {topic}".encode(): return connection.close()
    say("hello", "false")
    sent, count = {}, None
    while True:                         # says how the state differs from what this one has got: while it is slow, values are coalesced
        with moved: moved.wait_for(lambda: (sent, count) != (state["values"], state["count"])); now, counted = dict(state["values"]), state["count"]
        for key in sent.keys() - now.keys(): say("delete", packed(key))
        for key in now: sent.get(key) == now[key] or say("update", packed(key), packed(now[key]))
        if count is None: counted or say("restarted", "0"); say("complete")     # 0: the set is not complete yet
        if counted != (count or 0): say("restarted", str(counted))              # last: all that was published before has been sent
        sent, count = now, counted

def publish(root, agent, topic, happenings):
    state, moved, path = {"values": {}, "count": 0}, threading.Condition(), socket_in(root, agent, topic)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(path + ".new"); listener.listen(); os.rename(path + ".new", path)         # whoever sees the name can connect
    def accept():
        while True: threading.Thread(target=serve, args=(listener.accept()[0], topic, state, moved), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    for verb, *what in happenings:
        with moved:
            if verb == "update": state["values"][what[0]] = json.dumps(what[1])
            elif verb == "delete": state["values"].pop(what[0], None)
            else: state["count"] = what[0]
            moved.notify_all()
    os.remove(path)

if __name__ == "__main__":
    if sys.argv[2] == "publish": publish(sys.argv[1], *sys.argv[3:], map(json.loads, sys.stdin))
    else:
        for happened in follow(sys.argv[1], *sys.argv[3:]): print(json.dumps(happened), flush=True)
