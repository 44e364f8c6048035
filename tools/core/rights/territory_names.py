# ruff: noqa: E501
"""Names of countries by ISO 3166-1 code in en, de, fr, es, pt, it, nl, ja (CLDR, Unicode-3.0)."""

NAMES = """
AD|Andorra|Andorra|Andorre|Andorra|Andorra|Andorra|Andorra|アンドラ
AE|United Arab Emirates|Vereinigte Arabische Emirate|Émirats arabes unis|Emiratos Árabes Unidos|Emirados Árabes Unidos|Emirati Arabi Uniti|Verenigde Arabische Emiraten|アラブ首長国連邦
AF|Afghanistan|Afghanistan|Afghanistan|Afganistán|Afeganistão|Afghanistan|Afghanistan|アフガニスタン
AG|Antigua & Barbuda|Antigua und Barbuda|Antigua-et-Barbuda|Antigua y Barbuda|Antígua e Barbuda|Antigua e Barbuda|Antigua en Barbuda|アンティグア・バーブーダ
AI|Anguilla|Anguilla|Anguilla|Anguila|Anguila|Anguilla|Anguilla|アンギラ
AL|Albania|Albanien|Albanie|Albania|Albânia|Albania|Albanië|アルバニア
AM|Armenia|Armenien|Arménie|Armenia|Armênia|Armenia|Armenië|アルメニア
AO|Angola|Angola|Angola|Angola|Angola|Angola|Angola|アンゴラ
AQ|Antarctica|Antarktis|Antarctique|Antártida|Antártida|Antartide|Antarctica|南極
AR|Argentina|Argentinien|Argentine|Argentina|Argentina|Argentina|Argentinië|アルゼンチン
AS|American Samoa|Amerikanisch-Samoa|Samoa américaines|Samoa Americana|Samoa Americana|Samoa Americane|Amerikaans-Samoa|米領サモア
AT|Austria|Österreich|Autriche|Austria|Áustria|Austria|Oostenrijk|オーストリア
AU|Australia|Australien|Australie|Australia|Austrália|Australia|Australië|オーストラリア
AW|Aruba|Aruba|Aruba|Aruba|Aruba|Aruba|Aruba|アルバ
AX|Åland Islands|Ålandinseln|Îles Åland|Islas Aland|Ilhas Aland|Isole Åland|Åland|オーランド諸島
AZ|Azerbaijan|Aserbaidschan|Azerbaïdjan|Azerbaiyán|Azerbaijão|Azerbaigian|Azerbeidzjan|アゼルバイジャン
BA|Bosnia & Herzegovina|Bosnien und Herzegowina|Bosnie-Herzégovine|Bosnia y Herzegovina|Bósnia e Herzegovina|Bosnia ed Erzegovina|Bosnië en Herzegovina|ボスニア・ヘルツェゴビナ
BB|Barbados|Barbados|Barbade|Barbados|Barbados|Barbados|Barbados|バルバドス
BD|Bangladesh|Bangladesch|Bangladesh|Bangladés|Bangladesh|Bangladesh|Bangladesh|バングラデシュ
BE|Belgium|Belgien|Belgique|Bélgica|Bélgica|Belgio|België|ベルギー
BF|Burkina Faso|Burkina Faso|Burkina Faso|Burkina Faso|Burquina Faso|Burkina Faso|Burkina Faso|ブルキナファソ
BG|Bulgaria|Bulgarien|Bulgarie|Bulgaria|Bulgária|Bulgaria|Bulgarije|ブルガリア
BH|Bahrain|Bahrain|Bahreïn|Baréin|Barein|Bahrein|Bahrein|バーレーン
BI|Burundi|Burundi|Burundi|Burundi|Burundi|Burundi|Burundi|ブルンジ
BJ|Benin|Benin|Bénin|Benín|Benin|Benin|Benin|ベナン
BL|St. Barthélemy|St. Barthélemy|Saint-Barthélemy|San Bartolomé|São Bartolomeu|Saint-Barthélemy|Saint-Barthélemy|サン・バルテルミー
BM|Bermuda|Bermuda|Bermudes|Bermudas|Bermudas|Bermuda|Bermuda|バミューダ
BN|Brunei|Brunei Darussalam|Brunei|Brunéi|Brunei|Brunei|Brunei|ブルネイ
BO|Bolivia|Bolivien|Bolivie|Bolivia|Bolívia|Bolivia|Bolivia|ボリビア
BQ|Caribbean Netherlands|Karibische Niederlande|Pays-Bas caribéens|Caribe neerlandés|Países Baixos Caribenhos|Caraibi Olandesi|Caribisch Nederland|オランダ領カリブ
BR|Brazil|Brasilien|Brésil|Brasil|Brasil|Brasile|Brazilië|ブラジル
BS|Bahamas|Bahamas|Bahamas|Bahamas|Bahamas|Bahamas|Bahama's|バハマ
BT|Bhutan|Bhutan|Bhoutan|Bután|Butão|Bhutan|Bhutan|ブータン
BV|Bouvet Island|Bouvetinsel|Île Bouvet|Isla Bouvet|Ilha Bouvet|Isola Bouvet|Bouveteiland|ブーベ島
BW|Botswana|Botsuana|Botswana|Botsuana|Botsuana|Botswana|Botswana|ボツワナ
BY|Belarus|Belarus|Biélorussie|Bielorrusia|Bielorrússia|Bielorussia|Belarus|ベラルーシ
BZ|Belize|Belize|Belize|Belice|Belize|Belize|Belize|ベリーズ
CA|Canada|Kanada|Canada|Canadá|Canadá|Canada|Canada|カナダ
CC|Cocos (Keeling) Islands|Kokosinseln|Îles Cocos|Islas Cocos|Ilhas Cocos (Keeling)|Isole Cocos (Keeling)|Cocoseilanden|ココス(キーリング)諸島
CD|Congo - Kinshasa|Kongo-Kinshasa|Congo-Kinshasa|República Democrática del Congo|Congo - Kinshasa|Congo - Kinshasa|Congo-Kinshasa|コンゴ民主共和国(キンシャサ)
CF|Central African Republic|Zentralafrikanische Republik|République centrafricaine|República Centroafricana|República Centro-Africana|Repubblica Centrafricana|Centraal-Afrikaanse Republiek|中央アフリカ共和国
CG|Congo - Brazzaville|Kongo-Brazzaville|Congo-Brazzaville|Congo|República do Congo|Congo-Brazzaville|Congo-Brazzaville|コンゴ共和国(ブラザビル)
CH|Switzerland|Schweiz|Suisse|Suiza|Suíça|Svizzera|Zwitserland|スイス
CI|Côte d'Ivoire|Côte d'Ivoire|Côte d'Ivoire|Côte d'Ivoire|Costa do Marfim|Costa d'Avorio|Ivoorkust|コートジボワール
CK|Cook Islands|Cookinseln|Îles Cook|Islas Cook|Ilhas Cook|Isole Cook|Cookeilanden|クック諸島
CL|Chile|Chile|Chili|Chile|Chile|Cile|Chili|チリ
CM|Cameroon|Kamerun|Cameroun|Camerún|Camarões|Camerun|Kameroen|カメルーン
CN|China|China|Chine|China|China|Cina|China|中国
CO|Colombia|Kolumbien|Colombie|Colombia|Colômbia|Colombia|Colombia|コロンビア
CR|Costa Rica|Costa Rica|Costa Rica|Costa Rica|Costa Rica|Costa Rica|Costa Rica|コスタリカ
CU|Cuba|Kuba|Cuba|Cuba|Cuba|Cuba|Cuba|キューバ
CV|Cape Verde|Cabo Verde|Cap-Vert|Cabo Verde|Cabo Verde|Capo Verde|Kaapverdië|カーボベルデ
CW|Curaçao|Curaçao|Curaçao|Curazao|Curaçao|Curaçao|Curaçao|キュラソー
CX|Christmas Island|Weihnachtsinsel|Île Christmas|Isla de Navidad|Ilha Christmas|Isola Christmas|Christmaseiland|クリスマス島
CY|Cyprus|Zypern|Chypre|Chipre|Chipre|Cipro|Cyprus|キプロス
CZ|Czechia|Tschechien|Tchéquie|Chequia|Tchéquia|Cechia|Tsjechië|チェコ
DE|Germany|Deutschland|Allemagne|Alemania|Alemanha|Germania|Duitsland|ドイツ
DJ|Djibouti|Dschibuti|Djibouti|Yibuti|Djibuti|Gibuti|Djibouti|ジブチ
DK|Denmark|Dänemark|Danemark|Dinamarca|Dinamarca|Danimarca|Denemarken|デンマーク
DM|Dominica|Dominica|Dominique|Dominica|Dominica|Dominica|Dominica|ドミニカ国
DO|Dominican Republic|Dominikanische Republik|République dominicaine|República Dominicana|República Dominicana|Repubblica Dominicana|Dominicaanse Republiek|ドミニカ共和国
DZ|Algeria|Algerien|Algérie|Argelia|Argélia|Algeria|Algerije|アルジェリア
EC|Ecuador|Ecuador|Équateur|Ecuador|Equador|Ecuador|Ecuador|エクアドル
EE|Estonia|Estland|Estonie|Estonia|Estônia|Estonia|Estland|エストニア
EG|Egypt|Ägypten|Égypte|Egipto|Egito|Egitto|Egypte|エジプト
EH|Western Sahara|Westsahara|Sahara occidental|Sáhara Occidental|Saara Ocidental|Sahara Occidentale|Westelijke Sahara|西サハラ
ER|Eritrea|Eritrea|Érythrée|Eritrea|Eritreia|Eritrea|Eritrea|エリトリア
ES|Spain|Spanien|Espagne|España|Espanha|Spagna|Spanje|スペイン
ET|Ethiopia|Äthiopien|Éthiopie|Etiopía|Etiópia|Etiopia|Ethiopië|エチオピア
FI|Finland|Finnland|Finlande|Finlandia|Finlândia|Finlandia|Finland|フィンランド
FJ|Fiji|Fidschi|Fidji|Fiyi|Fiji|Figi|Fiji|フィジー
FK|Falkland Islands|Falklandinseln|Îles Malouines|Islas Malvinas|Ilhas Malvinas|Isole Falkland|Falklandeilanden|フォークランド諸島
FM|Micronesia|Mikronesien|Micronésie|Micronesia|Micronésia|Micronesia|Micronesia|ミクロネシア連邦
FO|Faroe Islands|Färöer|Îles Féroé|Islas Feroe|Ilhas Faroé|Isole Fær Øer|Faeröer|フェロー諸島
FR|France|Frankreich|France|Francia|França|Francia|Frankrijk|フランス
GA|Gabon|Gabun|Gabon|Gabón|Gabão|Gabon|Gabon|ガボン
GB|United Kingdom|Vereinigtes Königreich|Royaume-Uni|Reino Unido|Reino Unido|Regno Unito|Verenigd Koninkrijk|イギリス
GD|Grenada|Grenada|Grenade|Granada|Granada|Grenada|Grenada|グレナダ
GE|Georgia|Georgien|Géorgie|Georgia|Geórgia|Georgia|Georgië|ジョージア
GF|French Guiana|Französisch-Guayana|Guyane française|Guayana Francesa|Guiana Francesa|Guyana Francese|Frans-Guyana|仏領ギアナ
GG|Guernsey|Guernsey|Guernesey|Guernesey|Guernsey|Guernsey|Guernsey|ガーンジー
GH|Ghana|Ghana|Ghana|Ghana|Gana|Ghana|Ghana|ガーナ
GI|Gibraltar|Gibraltar|Gibraltar|Gibraltar|Gibraltar|Gibilterra|Gibraltar|ジブラルタル
GL|Greenland|Grönland|Groenland|Groenlandia|Groenlândia|Groenlandia|Groenland|グリーンランド
GM|Gambia|Gambia|Gambie|Gambia|Gâmbia|Gambia|Gambia|ガンビア
GN|Guinea|Guinea|Guinée|Guinea|Guiné|Guinea|Guinee|ギニア
GP|Guadeloupe|Guadeloupe|Guadeloupe|Guadalupe|Guadalupe|Guadalupa|Guadeloupe|グアドループ
GQ|Equatorial Guinea|Äquatorialguinea|Guinée équatoriale|Guinea Ecuatorial|Guiné Equatorial|Guinea Equatoriale|Equatoriaal-Guinea|赤道ギニア
GR|Greece|Griechenland|Grèce|Grecia|Grécia|Grecia|Griekenland|ギリシャ
GS|South Georgia & South Sandwich Islands|Südgeorgien und die Südlichen Sandwichinseln|Géorgie du Sud-et-les Îles Sandwich du Sud|Islas Georgia del Sur y Sandwich del Sur|Ilhas Geórgia do Sul e Sandwich do Sul|Georgia del Sud e Sandwich Australi|Zuid-Georgia en Zuidelijke Sandwicheilanden|サウスジョージア・サウスサンドウィッチ諸島
GT|Guatemala|Guatemala|Guatemala|Guatemala|Guatemala|Guatemala|Guatemala|グアテマラ
GU|Guam|Guam|Guam|Guam|Guam|Guam|Guam|グアム
GW|Guinea-Bissau|Guinea-Bissau|Guinée-Bissau|Guinea-Bisáu|Guiné-Bissau|Guinea-Bissau|Guinee-Bissau|ギニアビサウ
GY|Guyana|Guyana|Guyana|Guyana|Guiana|Guyana|Guyana|ガイアナ
HK|Hong Kong SAR China|Sonderverwaltungsregion Hongkong|R.A.S. chinoise de Hong Kong|RAE de Hong Kong (China)|Hong Kong, RAE da China|RAS di Hong Kong|Hongkong SAR van China|中華人民共和国香港特別行政区
HM|Heard & McDonald Islands|Heard und McDonaldinseln|Îles Heard-et-MacDonald|Islas Heard y McDonald|Ilhas Heard e McDonald|Isole Heard e McDonald|Heard en McDonaldeilanden|ハード島・マクドナルド諸島
HN|Honduras|Honduras|Honduras|Honduras|Honduras|Honduras|Honduras|ホンジュラス
HR|Croatia|Kroatien|Croatie|Croacia|Croácia|Croazia|Kroatië|クロアチア
HT|Haiti|Haiti|Haïti|Haití|Haiti|Haiti|Haïti|ハイチ
HU|Hungary|Ungarn|Hongrie|Hungría|Hungria|Ungheria|Hongarije|ハンガリー
ID|Indonesia|Indonesien|Indonésie|Indonesia|Indonésia|Indonesia|Indonesië|インドネシア
IE|Ireland|Irland|Irlande|Irlanda|Irlanda|Irlanda|Ierland|アイルランド
IL|Israel|Israel|Israël|Israel|Israel|Israele|Israël|イスラエル
IM|Isle of Man|Isle of Man|Île de Man|Isla de Man|Ilha de Man|Isola di Man|Isle of Man|マン島
IN|India|Indien|Inde|India|Índia|India|India|インド
IO|British Indian Ocean Territory|Britisches Territorium im Indischen Ozean|Territoire britannique de l'océan Indien|Territorio Británico del Océano Índico|Território Britânico do Oceano Índico|Territorio Britannico dell'Oceano Indiano|Brits Indische Oceaanterritorium|英領インド洋地域
IQ|Iraq|Irak|Irak|Irak|Iraque|Iraq|Irak|イラク
IR|Iran|Iran|Iran|Irán|Irã|Iran|Iran|イラン
IS|Iceland|Island|Islande|Islandia|Islândia|Islanda|IJsland|アイスランド
IT|Italy|Italien|Italie|Italia|Itália|Italia|Italië|イタリア
JE|Jersey|Jersey|Jersey|Jersey|Jersey|Jersey|Jersey|ジャージー
JM|Jamaica|Jamaika|Jamaïque|Jamaica|Jamaica|Giamaica|Jamaica|ジャマイカ
JO|Jordan|Jordanien|Jordanie|Jordania|Jordânia|Giordania|Jordanië|ヨルダン
JP|Japan|Japan|Japon|Japón|Japão|Giappone|Japan|日本
KE|Kenya|Kenia|Kenya|Kenia|Quênia|Kenya|Kenia|ケニア
KG|Kyrgyzstan|Kirgisistan|Kirghizstan|Kirguistán|Quirguistão|Kirghizistan|Kirgizië|キルギス
KH|Cambodia|Kambodscha|Cambodge|Camboya|Camboja|Cambogia|Cambodja|カンボジア
KI|Kiribati|Kiribati|Kiribati|Kiribati|Quiribati|Kiribati|Kiribati|キリバス
KM|Comoros|Komoren|Comores|Comoras|Comores|Comore|Comoren|コモロ
KN|St. Kitts & Nevis|St. Kitts und Nevis|Saint-Christophe-et-Niévès|San Cristóbal y Nieves|São Cristóvão e Névis|Saint Kitts e Nevis|Saint Kitts en Nevis|セントクリストファー・ネーヴィス
KP|North Korea|Nordkorea|Corée du Nord|Corea del Norte|Coreia do Norte|Corea del Nord|Noord-Korea|北朝鮮
KR|South Korea|Südkorea|Corée du Sud|Corea del Sur|Coreia do Sul|Corea del Sud|Zuid-Korea|韓国
KW|Kuwait|Kuwait|Koweït|Kuwait|Kuwait|Kuwait|Koeweit|クウェート
KY|Cayman Islands|Kaimaninseln|Îles Caïmans|Islas Caimán|Ilhas Cayman|Isole Cayman|Kaaimaneilanden|ケイマン諸島
KZ|Kazakhstan|Kasachstan|Kazakhstan|Kazajistán|Cazaquistão|Kazakistan|Kazachstan|カザフスタン
LA|Laos|Laos|Laos|Laos|Laos|Laos|Laos|ラオス
LB|Lebanon|Libanon|Liban|Líbano|Líbano|Libano|Libanon|レバノン
LC|St. Lucia|St. Lucia|Sainte-Lucie|Santa Lucía|Santa Lúcia|Saint Lucia|Saint Lucia|セントルシア
LI|Liechtenstein|Liechtenstein|Liechtenstein|Liechtenstein|Liechtenstein|Liechtenstein|Liechtenstein|リヒテンシュタイン
LK|Sri Lanka|Sri Lanka|Sri Lanka|Sri Lanka|Sri Lanka|Sri Lanka|Sri Lanka|スリランカ
LR|Liberia|Liberia|Liberia|Liberia|Libéria|Liberia|Liberia|リベリア
LS|Lesotho|Lesotho|Lesotho|Lesoto|Lesoto|Lesotho|Lesotho|レソト
LT|Lithuania|Litauen|Lituanie|Lituania|Lituânia|Lituania|Litouwen|リトアニア
LU|Luxembourg|Luxemburg|Luxembourg|Luxemburgo|Luxemburgo|Lussemburgo|Luxemburg|ルクセンブルク
LV|Latvia|Lettland|Lettonie|Letonia|Letônia|Lettonia|Letland|ラトビア
LY|Libya|Libyen|Libye|Libia|Líbia|Libia|Libië|リビア
MA|Morocco|Marokko|Maroc|Marruecos|Marrocos|Marocco|Marokko|モロッコ
MC|Monaco|Monaco|Monaco|Mónaco|Mônaco|Monaco|Monaco|モナコ
MD|Moldova|Republik Moldau|Moldavie|Moldavia|Moldávia|Moldavia|Moldavië|モルドバ
ME|Montenegro|Montenegro|Monténégro|Montenegro|Montenegro|Montenegro|Montenegro|モンテネグロ
MF|St. Martin|St. Martin|Saint-Martin|San Martín|São Martinho|Saint Martin|Saint-Martin|サン・マルタン
MG|Madagascar|Madagaskar|Madagascar|Madagascar|Madagascar|Madagascar|Madagaskar|マダガスカル
MH|Marshall Islands|Marshallinseln|Îles Marshall|Islas Marshall|Ilhas Marshall|Isole Marshall|Marshalleilanden|マーシャル諸島
MK|North Macedonia|Nordmazedonien|Macédoine du Nord|Macedonia del Norte|Macedônia do Norte|Macedonia del Nord|Noord-Macedonië|北マケドニア
ML|Mali|Mali|Mali|Mali|Mali|Mali|Mali|マリ
MM|Myanmar (Burma)|Myanmar|Myanmar (Birmanie)|Myanmar (Birmania)|Mianmar (Birmânia)|Myanmar (Birmania)|Myanmar (Birma)|ミャンマー (ビルマ)
MN|Mongolia|Mongolei|Mongolie|Mongolia|Mongólia|Mongolia|Mongolië|モンゴル
MO|Macao SAR China|Sonderverwaltungsregion Macau|R.A.S. chinoise de Macao|RAE de Macao (China)|Macau, RAE da China|RAS di Macao|Macau SAR van China|中華人民共和国マカオ特別行政区
MP|Northern Mariana Islands|Nördliche Marianen|Îles Mariannes du Nord|Islas Marianas del Norte|Ilhas Marianas do Norte|Isole Marianne Settentrionali|Noordelijke Marianen|北マリアナ諸島
MQ|Martinique|Martinique|Martinique|Martinica|Martinica|Martinica|Martinique|マルティニーク
MR|Mauritania|Mauretanien|Mauritanie|Mauritania|Mauritânia|Mauritania|Mauritanië|モーリタニア
MS|Montserrat|Montserrat|Montserrat|Montserrat|Montserrat|Montserrat|Montserrat|モントセラト
MT|Malta|Malta|Malte|Malta|Malta|Malta|Malta|マルタ
MU|Mauritius|Mauritius|Maurice|Mauricio|Maurício|Mauritius|Mauritius|モーリシャス
MV|Maldives|Malediven|Maldives|Maldivas|Maldivas|Maldive|Maldiven|モルディブ
MW|Malawi|Malawi|Malawi|Malaui|Malaui|Malawi|Malawi|マラウイ
MX|Mexico|Mexiko|Mexique|México|México|Messico|Mexico|メキシコ
MY|Malaysia|Malaysia|Malaisie|Malasia|Malásia|Malaysia|Maleisië|マレーシア
MZ|Mozambique|Mosambik|Mozambique|Mozambique|Moçambique|Mozambico|Mozambique|モザンビーク
NA|Namibia|Namibia|Namibie|Namibia|Namíbia|Namibia|Namibië|ナミビア
NC|New Caledonia|Neukaledonien|Nouvelle-Calédonie|Nueva Caledonia|Nova Caledônia|Nuova Caledonia|Nieuw-Caledonië|ニューカレドニア
NE|Niger|Niger|Niger|Níger|Níger|Niger|Niger|ニジェール
NF|Norfolk Island|Norfolkinsel|Île Norfolk|Isla Norfolk|Ilha Norfolk|Isola Norfolk|Norfolk|ノーフォーク島
NG|Nigeria|Nigeria|Nigeria|Nigeria|Nigéria|Nigeria|Nigeria|ナイジェリア
NI|Nicaragua|Nicaragua|Nicaragua|Nicaragua|Nicarágua|Nicaragua|Nicaragua|ニカラグア
NL|Netherlands|Niederlande|Pays-Bas|Países Bajos|Países Baixos|Paesi Bassi|Nederland|オランダ
NO|Norway|Norwegen|Norvège|Noruega|Noruega|Norvegia|Noorwegen|ノルウェー
NP|Nepal|Nepal|Népal|Nepal|Nepal|Nepal|Nepal|ネパール
NR|Nauru|Nauru|Nauru|Nauru|Nauru|Nauru|Nauru|ナウル
NU|Niue|Niue|Niue|Niue|Niue|Niue|Niue|ニウエ
NZ|New Zealand|Neuseeland|Nouvelle-Zélande|Nueva Zelanda|Nova Zelândia|Nuova Zelanda|Nieuw-Zeeland|ニュージーランド
OM|Oman|Oman|Oman|Omán|Omã|Oman|Oman|オマーン
PA|Panama|Panama|Panama|Panamá|Panamá|Panama|Panama|パナマ
PE|Peru|Peru|Pérou|Perú|Peru|Perù|Peru|ペルー
PF|French Polynesia|Französisch-Polynesien|Polynésie française|Polinesia Francesa|Polinésia Francesa|Polinesia Francese|Frans-Polynesië|仏領ポリネシア
PG|Papua New Guinea|Papua-Neuguinea|Papouasie-Nouvelle-Guinée|Papúa Nueva Guinea|Papua-Nova Guiné|Papua Nuova Guinea|Papoea-Nieuw-Guinea|パプアニューギニア
PH|Philippines|Philippinen|Philippines|Filipinas|Filipinas|Filippine|Filipijnen|フィリピン
PK|Pakistan|Pakistan|Pakistan|Pakistán|Paquistão|Pakistan|Pakistan|パキスタン
PL|Poland|Polen|Pologne|Polonia|Polônia|Polonia|Polen|ポーランド
PM|St. Pierre & Miquelon|St. Pierre und Miquelon|Saint-Pierre-et-Miquelon|San Pedro y Miquelón|São Pedro e Miquelão|Saint-Pierre e Miquelon|Saint-Pierre en Miquelon|サンピエール島・ミクロン島
PN|Pitcairn Islands|Pitcairninseln|Îles Pitcairn|Islas Pitcairn|Ilhas Pitcairn|Isole Pitcairn|Pitcairneilanden|ピトケアン諸島
PR|Puerto Rico|Puerto Rico|Porto Rico|Puerto Rico|Porto Rico|Portorico|Puerto Rico|プエルトリコ
PS|Palestinian Territories|Palästinensische Autonomiegebiete|Territoires palestiniens|Territorios Palestinos|Territórios palestinos|Territori Palestinesi|Palestijnse gebieden|パレスチナ自治区
PT|Portugal|Portugal|Portugal|Portugal|Portugal|Portogallo|Portugal|ポルトガル
PW|Palau|Palau|Palaos|Palaos|Palau|Palau|Palau|パラオ
PY|Paraguay|Paraguay|Paraguay|Paraguay|Paraguai|Paraguay|Paraguay|パラグアイ
QA|Qatar|Katar|Qatar|Catar|Catar|Qatar|Qatar|カタール
RE|Réunion|Réunion|La Réunion|Reunión|Reunião|Riunione|Réunion|レユニオン
RO|Romania|Rumänien|Roumanie|Rumanía|Romênia|Romania|Roemenië|ルーマニア
RS|Serbia|Serbien|Serbie|Serbia|Sérvia|Serbia|Servië|セルビア
RU|Russia|Russland|Russie|Rusia|Rússia|Russia|Rusland|ロシア
RW|Rwanda|Ruanda|Rwanda|Ruanda|Ruanda|Ruanda|Rwanda|ルワンダ
SA|Saudi Arabia|Saudi-Arabien|Arabie saoudite|Arabia Saudí|Arábia Saudita|Arabia Saudita|Saoedi-Arabië|サウジアラビア
SB|Solomon Islands|Salomonen|Îles Salomon|Islas Salomón|Ilhas Salomão|Isole Salomone|Salomonseilanden|ソロモン諸島
SC|Seychelles|Seychellen|Seychelles|Seychelles|Seicheles|Seychelles|Seychellen|セーシェル
SD|Sudan|Sudan|Soudan|Sudán|Sudão|Sudan|Soedan|スーダン
SE|Sweden|Schweden|Suède|Suecia|Suécia|Svezia|Zweden|スウェーデン
SG|Singapore|Singapur|Singapour|Singapur|Singapura|Singapore|Singapore|シンガポール
SH|St. Helena|St. Helena|Sainte-Hélène|Santa Elena|Santa Helena|Sant'Elena|Sint-Helena|セントヘレナ
SI|Slovenia|Slowenien|Slovénie|Eslovenia|Eslovênia|Slovenia|Slovenië|スロベニア
SJ|Svalbard & Jan Mayen|Spitzbergen und Jan Mayen|Svalbard et Jan Mayen|Svalbard y Jan Mayen|Svalbard e Jan Mayen|Svalbard e Jan Mayen|Spitsbergen en Jan Mayen|スバールバル諸島・ヤンマイエン島
SK|Slovakia|Slowakei|Slovaquie|Eslovaquia|Eslováquia|Slovacchia|Slowakije|スロバキア
SL|Sierra Leone|Sierra Leone|Sierra Leone|Sierra Leona|Serra Leoa|Sierra Leone|Sierra Leone|シエラレオネ
SM|San Marino|San Marino|Saint-Marin|San Marino|San Marino|San Marino|San Marino|サンマリノ
SN|Senegal|Senegal|Sénégal|Senegal|Senegal|Senegal|Senegal|セネガル
SO|Somalia|Somalia|Somalie|Somalia|Somália|Somalia|Somalië|ソマリア
SR|Suriname|Suriname|Suriname|Surinam|Suriname|Suriname|Suriname|スリナム
SS|South Sudan|Südsudan|Soudan du Sud|Sudán del Sur|Sudão do Sul|Sud Sudan|Zuid-Soedan|南スーダン
ST|São Tomé & Príncipe|São Tomé und Príncipe|Sao Tomé-et-Principe|Santo Tomé y Príncipe|São Tomé e Príncipe|São Tomé e Príncipe|Sao Tomé en Principe|サントメ・プリンシペ
SV|El Salvador|El Salvador|Salvador|El Salvador|El Salvador|El Salvador|El Salvador|エルサルバドル
SX|Sint Maarten|Sint Maarten|Saint-Martin (partie néerlandaise)|Sint Maarten|Sint Maarten|Sint Maarten|Sint-Maarten|シント・マールテン
SY|Syria|Syrien|Syrie|Siria|Síria|Siria|Syrië|シリア
SZ|Eswatini|Eswatini|Eswatini|Esuatini|Essuatíni|Eswatini|Eswatini|エスワティニ
TC|Turks & Caicos Islands|Turks- und Caicosinseln|Îles Turques-et-Caïques|Islas Turcas y Caicos|Ilhas Turcas e Caicos|Isole Turks e Caicos|Turks- en Caicoseilanden|タークス・カイコス諸島
TD|Chad|Tschad|Tchad|Chad|Chade|Ciad|Tsjaad|チャド
TF|French Southern Territories|Französische Süd- und Antarktisgebiete|Terres australes françaises|Territorios Australes Franceses|Territórios Franceses do Sul|Terre Australi Francesi|Franse Gebieden in de zuidelijke Indische Oceaan|仏領極南諸島
TG|Togo|Togo|Togo|Togo|Togo|Togo|Togo|トーゴ
TH|Thailand|Thailand|Thaïlande|Tailandia|Tailândia|Thailandia|Thailand|タイ
TJ|Tajikistan|Tadschikistan|Tadjikistan|Tayikistán|Tadjiquistão|Tagikistan|Tadzjikistan|タジキスタン
TK|Tokelau|Tokelau|Tokelau|Tokelau|Tokelau|Tokelau|Tokelau|トケラウ
TL|Timor-Leste|Timor-Leste|Timor oriental|Timor-Leste|Timor-Leste|Timor Est|Oost-Timor|東ティモール
TM|Turkmenistan|Turkmenistan|Turkménistan|Turkmenistán|Turcomenistão|Turkmenistan|Turkmenistan|トルクメニスタン
TN|Tunisia|Tunesien|Tunisie|Túnez|Tunísia|Tunisia|Tunesië|チュニジア
TO|Tonga|Tonga|Tonga|Tonga|Tonga|Tonga|Tonga|トンガ
TR|Türkiye|Türkei|Turquie|Turquía|Turquia|Turchia|Turkije|トルコ
TT|Trinidad & Tobago|Trinidad und Tobago|Trinité-et-Tobago|Trinidad y Tobago|Trinidad e Tobago|Trinidad e Tobago|Trinidad en Tobago|トリニダード・トバゴ
TV|Tuvalu|Tuvalu|Tuvalu|Tuvalu|Tuvalu|Tuvalu|Tuvalu|ツバル
TW|Taiwan|Taiwan|Taïwan|Taiwán|Taiwan|Taiwan|Taiwan|台湾
TZ|Tanzania|Tansania|Tanzanie|Tanzania|Tanzânia|Tanzania|Tanzania|タンザニア
UA|Ukraine|Ukraine|Ukraine|Ucrania|Ucrânia|Ucraina|Oekraïne|ウクライナ
UG|Uganda|Uganda|Ouganda|Uganda|Uganda|Uganda|Oeganda|ウガンダ
UM|U.S. Outlying Islands|Amerikanische Überseeinseln|Îles mineures éloignées des États-Unis|Islas menores alejadas de EE. UU.|Ilhas Menores Distantes dos EUA|Isole Minori Esterne degli Stati Uniti|Kleine afgelegen eilanden van de Verenigde Staten|合衆国領有小離島
US|United States|Vereinigte Staaten|États-Unis|Estados Unidos|Estados Unidos|Stati Uniti|Verenigde Staten|アメリカ合衆国
UY|Uruguay|Uruguay|Uruguay|Uruguay|Uruguai|Uruguay|Uruguay|ウルグアイ
UZ|Uzbekistan|Usbekistan|Ouzbékistan|Uzbekistán|Uzbequistão|Uzbekistan|Oezbekistan|ウズベキスタン
VA|Vatican City|Vatikanstadt|État de la Cité du Vatican|Ciudad del Vaticano|Cidade do Vaticano|Città del Vaticano|Vaticaanstad|バチカン市国
VC|St. Vincent & Grenadines|St. Vincent und die Grenadinen|Saint-Vincent-et-les Grenadines|San Vicente y las Granadinas|São Vicente e Granadinas|Saint Vincent e Grenadine|Saint Vincent en de Grenadines|セントビンセント及びグレナディーン諸島
VE|Venezuela|Venezuela|Venezuela|Venezuela|Venezuela|Venezuela|Venezuela|ベネズエラ
VG|British Virgin Islands|Britische Jungferninseln|Îles Vierges britanniques|Islas Vírgenes Británicas|Ilhas Virgens Britânicas|Isole Vergini Britanniche|Britse Maagdeneilanden|英領ヴァージン諸島
VI|U.S. Virgin Islands|Amerikanische Jungferninseln|Îles Vierges des États-Unis|Islas Vírgenes de EE. UU.|Ilhas Virgens Americanas|Isole Vergini Americane|Amerikaanse Maagdeneilanden|米領ヴァージン諸島
VN|Vietnam|Vietnam|Viêt Nam|Vietnam|Vietnã|Vietnam|Vietnam|ベトナム
VU|Vanuatu|Vanuatu|Vanuatu|Vanuatu|Vanuatu|Vanuatu|Vanuatu|バヌアツ
WF|Wallis & Futuna|Wallis und Futuna|Wallis-et-Futuna|Wallis y Futuna|Wallis e Futuna|Wallis e Futuna|Wallis en Futuna|ウォリス・フツナ
WS|Samoa|Samoa|Samoa|Samoa|Samoa|Samoa|Samoa|サモア
XK|Kosovo|Kosovo|Kosovo|Kosovo|Kosovo|Kosovo|Kosovo|コソボ
YE|Yemen|Jemen|Yémen|Yemen|Iêmen|Yemen|Jemen|イエメン
YT|Mayotte|Mayotte|Mayotte|Mayotte|Mayotte|Mayotte|Mayotte|マヨット
ZA|South Africa|Südafrika|Afrique du Sud|Sudáfrica|África do Sul|Sudafrica|Zuid-Afrika|南アフリカ
ZM|Zambia|Sambia|Zambie|Zambia|Zâmbia|Zambia|Zambia|ザンビア
ZW|Zimbabwe|Simbabwe|Zimbabwe|Zimbabue|Zimbábue|Zimbabwe|Zimbabwe|ジンバブエ
"""

# What people also say: abbreviations, older names and groups.
ALSO = {
    "WORLD": "world|worldwide|world wide|global|globally|everywhere|anywhere|all countries|universe|welt"
    "|weltweit|überall|monde|mondial|monde entier|partout|mundo|mundial|todo el mundo|mundo entero"
    "|mundo inteiro|todo o mundo|em todo o mundo|mondo|mondiale|tutto il mondo|ovunque|wereld"
    "|wereldwijd|overal|世界|全世界|世界中|ワールドワイド",
    "EU": "european union|eu countries|europäische union|union européenne|ue|unión europea"
    "|união europeia|unione europea|europese unie|欧州連合",
    "EEA": "european economic area|ewr|europäischer wirtschaftsraum|eee|espace économique européen"
    "|espacio económico europeo|espaço económico europeu|spazio economico europeo|see"
    "|europese economische ruimte|eer|欧州経済領域",
    "EUROPE": "europa|ヨーロッパ|欧州",
    "DACH": "d-a-ch|german speaking countries|german-speaking countries|deutschsprachiger raum",
    "BENELUX": "bénélux|ベネルクス",
    "NORDICS": "nordic countries|nordic|scandinavia|skandinavien|scandinavie|escandinavia|北欧",
    "IBERIA": "iberian peninsula|península ibérica",
    "NORTH-AMERICA": "north america|northern america|nordamerika|amérique du nord|américa del norte"
    "|norteamérica|américa do norte|nord america|nordamerica|noord-amerika|北米|北アメリカ",
    "SOUTH-AMERICA": "south america|südamerika|amérique du sud|américa del sur|sudamérica"
    "|américa do sul|sud america|zuid-amerika|南米|南アメリカ",
    "US": "usa|u.s.|u.s.a.|america|the states|united states of america|etats-unis d'amérique|estados "
    "unidos da américa|eua|ee.uu.|eeuu|amerika|vereinigte staaten von amerika|stati uniti d'america"
    "|vs|アメリカ|米国",
    "GB": "uk|u.k.|great britain|britain|england|scotland|wales|northern ireland|großbritannien"
    "|grande-bretagne|gran bretaña|grã-bretanha|gran bretagna|groot-brittannië|inghilterra|angleterre"
    "|inglaterra|engeland|英国",
    "NL": "holland|the netherlands|hollande|holanda|olanda",
    "CZ": "czech republic|tschechische republik|république tchèque|república checa|repubblica ceca",
    "TR": "turkey",
    "CN": "people's republic of china|prc",
    "KR": "korea|south korea|republic of korea|corea|corée|coréia|südkorea|韓国",
    "HK": "hong kong|hongkong|香港",
    "MO": "macao|macau|マカオ",
    "CI": "ivory coast",
    "RU": "russian federation",
    "AE": "uae|emirates",
    "IE": "republic of ireland|eire",
    "CD": "dr congo",
    "VA": "vatican",
}
