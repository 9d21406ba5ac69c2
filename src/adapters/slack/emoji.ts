/**
 * Slack's short names of the emoji that people use in support; the first name of each is the one that goes out. Slack
 * writes every emoji of a text and of a reaction as its name. A name that is not here stays `:name:`.
 */
const table = `
+1,thumbsup=👍 -1,thumbsdown=👎 heart=❤️ tada=🎉 eyes=👀 white_check_mark=✅ pray=🙏 joy=😂 smile=😄 slightly_smiling_face=🙂 wave=👋 clap=👏 fire=🔥 rocket=🚀 100=💯
raised_hands=🙌 ok_hand=👌 muscle=💪 point_up=☝️ point_up_2=👆 point_down=👇 point_left=👈 point_right=👉 v=✌️ crossed_fingers=🤞 handshake=🤝 writing_hand=✍️ hand,raised_hand=✋ call_me_hand=🤙 fist,facepunch,punch=👊
grinning=😀 smiley=😃 grin=😁 laughing,satisfied=😆 sweat_smile=😅 rolling_on_the_floor_laughing=🤣 upside_down_face=🙃 wink=😉 blush=😊 innocent=😇 heart_eyes=😍 star-struck=🤩 kissing_heart=😘 relaxed=☺️ yum=😋
stuck_out_tongue=😛 stuck_out_tongue_winking_eye=😜 hugging_face=🤗 thinking_face=🤔 zipper_mouth_face=🤐 neutral_face=😐 expressionless=😑 no_mouth=😶 smirk=😏 unamused=😒 face_with_rolling_eyes=🙄 grimacing=😬
relieved=😌 pensive=😔 sleepy=😪 sleeping=😴 mask=😷 face_with_thermometer=🤒 nauseated_face=🤢 sneezing_face=🤧 dizzy_face=😵 exploding_head=🤯 sunglasses=😎 nerd_face=🤓 confused=😕 worried=😟 slightly_frowning_face=🙁
white_frowning_face=☹️ open_mouth=😮 hushed=😯 astonished=😲 flushed=😳 pleading_face=🥺 fearful=😨 cold_sweat=😰 disappointed_relieved=😥 cry=😢 sob=😭 scream=😱 confounded=😖 persevere=😣 disappointed=😞 sweat=😓
weary=😩 tired_face=😫 triumph=😤 rage=😡 angry=😠 skull=💀 hankey,poop,shit=💩 ghost=👻 robot_face=🤖 see_no_evil=🙈 facepalm,face_palm=🤦 shrug=🤷 bow=🙇 melting_face=🫠 saluting_face=🫡 partying_face=🥳 smiling_face_with_3_hearts=🥰
orange_heart=🧡 yellow_heart=💛 green_heart=💚 blue_heart=💙 purple_heart=💜 black_heart=🖤 white_heart=🤍 broken_heart=💔 two_hearts=💕 sparkling_heart=💖 sparkles=✨ star=⭐ star2=🌟 boom,collision=💥 zap=⚡ bulb=💡 bell=🔔
heavy_check_mark=✔️ ballot_box_with_check=☑️ x=❌ negative_squared_cross_mark=❎ warning=⚠️ exclamation,heavy_exclamation_mark=❗ question=❓ bangbang=‼️ no_entry=⛔ no_entry_sign=🚫 sos=🆘 information_source=ℹ️ new=🆕 ok=🆗 up=🆙 cool=🆒
red_circle=🔴 large_yellow_circle=🟡 large_green_circle=🟢 large_blue_circle=🔵 arrow_right=➡️ arrow_left=⬅️ arrow_up=⬆️ arrow_down=⬇️ arrows_counterclockwise=🔄 heavy_plus_sign=➕ heavy_minus_sign=➖ hourglass=⌛ hourglass_flowing_sand=⏳ alarm_clock=⏰
calendar=📅 date=📆 pushpin=📌 paperclip=📎 link=🔗 lock=🔒 unlock=🔓 key=🔑 mag=🔍 memo,pencil=📝 email,envelope=✉️ e-mail=📧 inbox_tray=📥 outbox_tray=📤 package=📦 phone,telephone=☎️ telephone_receiver=📞 iphone=📱 computer=💻 printer=🖨️
camera=📷 art=🎨 gear=⚙️ wrench=🔧 hammer=🔨 hammer_and_wrench=🛠️ nut_and_bolt=🔩 bug=🐛 test_tube=🧪 chart_with_upwards_trend=📈 chart_with_downwards_trend=📉 bar_chart=📊 moneybag=💰 dollar=💵 euro=💶 credit_card=💳 receipt=🧾 gift=🎁
balloon=🎈 confetti_ball=🎊 trophy=🏆 medal=🏅 first_place_medal=🥇 dart=🎯 soccer=⚽ bike=🚲 bicyclist=🚴 car,red_car=🚗 truck=🚚 train=🚋 airplane=✈️ house=🏠 office=🏢 factory=🏭 hospital=🏥 earth_africa=🌍 globe_with_meridians=🌐
sunny=☀️ cloud=☁️ umbrella=☔ rain_cloud=🌧️ snowflake=❄️ rainbow=🌈 coffee=☕ tea=🍵 beer=🍺 beers=🍻 pizza=🍕 cake=🍰 birthday=🎂 cookie=🍪 apple=🍎 banana=🍌 dog=🐶 cat=🐱 mouse=🐭 bear=🐻 unicorn_face=🦄 turtle=🐢 snail=🐌 tree,deciduous_tree=🌳
evergreen_tree=🌲 four_leaf_clover=🍀 rose=🌹 sunflower=🌻 one=1️⃣ two=2️⃣ three=3️⃣ four=4️⃣ five=5️⃣ ear=👂 nose=👃 brain=🧠 speech_balloon=💬 thought_balloon=💭 zzz=💤 musical_note=🎵 microphone=🎤 headphones=🎧 tv=📺 books=📚 book=📖 newspaper=📰 scissors=✂️ recycle=♻️ copyright=©️ registered=®️ tm=™️
`;

interface Book {
  byName: Map<string, string>;
  byCharacter: Map<string, string>;
}

let opened: Book | undefined;

/** Read when first asked for. */
function book(): Book {
  if (opened !== undefined) return opened;
  opened = { byName: new Map(), byCharacter: new Map() };
  for (const entry of table.trim().split(/\s+/)) {
    const at = entry.lastIndexOf('=');
    const character = entry.slice(at + 1);
    const names = entry.slice(0, at).split(',');
    for (const name of names) opened.byName.set(name, character);
    opened.byCharacter.set(plain(character), names[0] ?? '');
  }
  return opened;
}

const tones = ['🏻', '🏼', '🏽', '🏾', '🏿'];

/** The character of a short name (`+1`, `+1::skin-tone-2`), else `:name:`. Pure. */
export function emojiOfName(name: string): string {
  const [base = '', tone] = name.split('::');
  const character = book().byName.get(base);
  if (character === undefined) return `:${name}:`;
  const shade = tone === undefined ? undefined : tones[Number(tone.slice(-1)) - 2];
  return shade === undefined ? character : `${plain(character)}${shade}`;
}

/** The short name for a character or a `:name:`; `undefined` when Slack's name of it is not known here. Pure. */
export function nameOfEmoji(emoji: string): string | undefined {
  const named = /^:([\w+'-]{1,100}(?:::skin-tone-[2-6])?):$/u.exec(emoji);
  if (named !== null) return named[1];
  const tone = tones.findIndex((shade) => emoji.endsWith(shade));
  const base = book().byCharacter.get(plain(tone === -1 ? emoji : emoji.slice(0, -2)));
  return base === undefined || tone === -1 ? base : `${base}::skin-tone-${tone + 2}`;
}

/** Short names within a text. */
export function spellEmoji(text: string): string {
  if (!text.includes(':')) return text;
  return text.replace(/:([\w+'-]{1,50}(?:::skin-tone-[2-6])?):/gu, (whole, name: string) => {
    const found = emojiOfName(name);
    return found.startsWith(':') ? whole : found;
  });
}

/** Without the variation selector, which not every keyboard writes. */
function plain(character: string): string {
  return character.replaceAll('\uFE0F', '');
}
