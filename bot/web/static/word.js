// A conversation as a Word document: the few XML parts that it needs, in a ZIP archive without compression.

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="${MAIN}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="${MAIN}.styles+xml"/>
</Types>`;

const ROOT = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/>
</Relationships>`;

const PARTS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/>
</Relationships>`;

const STYLES = `${HEAD}<w:styles ${W}>
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="24"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
${style("Title", "Title", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>')}
${style("Subtitle", "Subtitle", '<w:jc w:val="center"/>', '<w:color w:val="5B626C"/>')}
${style("Heading1", "heading 1", '<w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="28"/>')}
${style("Heading2", "heading 2", '<w:keepNext/><w:outlineLvl w:val="1"/>', '<w:b/><w:sz w:val="21"/><w:color w:val="5B626C"/>')}
${style("ListParagraph", "List Paragraph", '<w:ind w:left="420" w:hanging="420"/>', "")}
${style("Quote", "Quote", '<w:ind w:left="420" w:hanging="420"/>', '<w:sz w:val="21"/><w:color w:val="444444"/>')}
</w:styles>`;

function style(id, name, paragraph, run) {
  return (
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>` +
    `<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`
  );
}

/** The bytes of a document: a title, the report's title, and turns of {question, paragraphs, heading, sources}. */
export function wordDocument(title, report, turns) {
  const body = [block("Title", [{ text: title }]), block("Subtitle", [{ text: report }])];
  for (const turn of turns) {
    body.push(block("Heading1", [{ text: turn.question }]));
    for (const { listed, runs } of turn.paragraphs) {
      body.push(listed ? block("ListParagraph", [{ text: "•\t" }, ...runs]) : block("Normal", runs));
    }
    if (turn.heading) body.push(block("Heading2", [{ text: turn.heading }]));
    body.push(...turn.sources.map((source) => block("Quote", [{ text: source }])));
  }
  return zipped({
    "[Content_Types].xml": TYPES,
    "_rels/.rels": ROOT,
    "word/document.xml": `${HEAD}<w:document ${W}><w:body>${body.join("")}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    "word/_rels/document.xml.rels": PARTS,
    "word/styles.xml": STYLES,
  });
}

function block(name, runs) {
  const shown = runs.map(({ text, bold, raised }) => {
    const look = `${bold ? "<w:b/>" : ""}${raised ? '<w:vertAlign w:val="superscript"/>' : ""}`;
    const parts = escaped(text).split("\t").map((part) => `<w:t xml:space="preserve">${part}</w:t>`);
    return `<w:r>${look && `<w:rPr>${look}</w:rPr>`}${parts.join("<w:tab/>")}</w:r>`;
  });
  return `<w:p><w:pPr><w:pStyle w:val="${name}"/></w:pPr>${shown.join("")}</w:p>`;
}

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g; // by XML
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(text) {
  return text.replace(FORBIDDEN, "").replace(/[&<>]/g, (character) => ENTITIES[character]);
}

// --- the archive ---

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Numbers as little-endian bytes: pairs of a value and how many bytes it takes. */
function numbers(...pairs) {
  return pairs.flatMap(([value, size]) => Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256));
}

function zipped(files) {
  const encoder = new TextEncoder();
  const [bodies, entries] = [[], []];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [encoder.encode(name), encoder.encode(text)];
    // Version 2.0, UTF-8 names, stored, 1980-01-01.
    const common = numbers([20, 2], [0x800, 2], [0, 2], [0, 2], [0x21, 2], [crc32(content), 4], [content.length, 4], [content.length, 4], [path.length, 2], [0, 2]);
    const local = [Uint8Array.from([...numbers([0x04034b50, 4]), ...common]), path, content];
    entries.push(Uint8Array.from([...numbers([0x02014b50, 4], [20, 2]), ...common, ...numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4])]), path);
    bodies.push(...local);
    at += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = entries.reduce((sum, part) => sum + part.length, 0);
  const count = entries.length / 2;
  const end = Uint8Array.from(numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [at, 4], [0, 2]));
  return new Blob([...bodies, ...entries, end]);
}
