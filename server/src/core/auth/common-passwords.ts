const list = `
  098765432109 0987654321098 102030405060 10203040506070 112233445566 123456654321 123456789000 123456789012
  1234567890123 1234567890qwe 1234567890qwertyuiop 1234567891011 123456789101112 123456789123 123456789abc
  123456789asd 123456789qwe 123456789qwerty 1234567qwerty 123456qwerty 12345qwert12345 147258369000 147258369147
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 987654321000 a12345678901
  a123456789012 a1b2c3d4e5f6 aa1234567890 abc123456789 abcd12345678 abcd1234abcd abcdef123456 abracadabra1
  abracadabra123 admin1234567 admin12345678 admin123456789 admin1234567890 admin@123456 admin_password adminadmin12
  adminadmin123 adminbillumy administrador administrador1 administrador123 administrator administrator1
  administrator123 adminpassword amorzinho123 asdfghjkl123 asdfghjkl1234 asdfghjklqwertyuiop asdfghjklzxcvbnm
  atleticomineiro barcelona123 baseball1234 batman123456 bemvindo1234 bemvindo12345 bemvindo@123 billumy12345
  billumy123456 billumy1234567 billumyadmin billumyadmin1 botafogo1234 brasil123456 brasil1234567 brasil202020
  change_this_password changeme1234 changeme12345 changemenow1 changethispassword company12345 company123456
  computer1234 corinthians1 corinthians12 corinthians123 corinthians1910 correcthorsebatterystaple cruzeiro1234
  default12345 default123456 defaultpassword deus12345678 deuseamor123 deusefiel123 deusemaior123 dragon123456
  empresa12345 empresa123456 euteamo12345 euteamo123456 euteamomuito facebook1234 familia12345 familia123456
  felicidade123 fernanda1234 fernando1234 flamengo1234 flamengo12345 flamengo1981 fluminense12 fluminense123
  football1234 football12345 gabriel12345 gabriel123456 google123456 gremio123456 guest1234567 guilherme123
  guilherme1234 idontknow123 ilovemyself1 iloveyou1234 iloveyou12345 iloveyou123456 iloveyou2000 iloveyoubaby
  iloveyouforever internacional internacional1 internet1234 jennifer1234 jesus1234567 jesuscristo1 jesuscristo123
  jesuseterno1 jordan123456 letmein12345 letmein123456 letmeinplease liverpool123 manchester123 master123456
  masterkey123 meuamor12345 meuamor123456 michael12345 michelle1234 minhafamilia minhafamilia1 minhasenha12
  minhasenha123 minhasenha1234 minhasenhasegura minhavida123 monkey123456 mudar1234567 mudar12345678 mudar123456789
  mudarsenha12 mudarsenha123 mypassword123 mypassword1234 mysecretpassword newpassword1 newpassword123 nopassword12
  nopassword123 novasenha123 novasenha1234 opensesame123 p@ssw0rd123! p@ssw0rd1234 p@ssw0rd12345 p@ssword1234
  palmeiras123 palmeiras1234 palmeiras1914 passw0rd123! passw0rd1234 passw0rd12345 password123! password1234
  password1234! password12345 password123456 password1234567 password@123 password@1234 pleasechangeme pokemon12345
  princess1234 princess12345 q1w2e3r4t5y6 q1w2e3r4t5y6u7 qazwsxedc123 qazwsxedcrfv qualquercoisa qweasdzxc123
  qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 qwertyasdfgh qwertyuiop12 qwertyuiop123 qwertyuiop1234
  qwertyuiop[] qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm replace_me_please root12345678
  root123456789 rootpassword samsung12345 santosfc1234 saopaulo1234 saopaulofc123 secret123456 secretpassword
  senha1234567 senha12345678 senha123456789 senha1234567890 senha@123456 senhapadrao12 senhapadrao123 senhasecreta
  senhasecreta1 senhasecreta123 senhasegura12 senhasegura123 senhasenha12 senhasenha123 seu_token_secreto
  shadow123456 starwars1234 sunshine1234 sunshine12345 superadmin123 superman1234 supersecret1 supersecret123
  superuser123 teamomuito12 teamomuito123 test12345678 test123456789 testando1234 teste1234567 teste12345678
  teste123456789 testeteste12 testeteste123 testing12345 testing123456 testpassword testtest1234 thequickbrownfox
  thisismypassword topsecret123 trocar123456 trocarsenha1 trocarsenha123 user12345678 user123456789 username1234
  usuario12345 usuario123456 vascodagama1 vascodagama123 welcome12345 welcome123456 welcome@1234 whatever1234
  your_secret_token zaq12wsxcde3 zaq1xsw2cde3 zxcvbnm12345 zxcvbnm123456 zxcvbnmasdfghjkl
`;

/**
 * The passwords of 12 characters and more that occur most often in published leaks, in English and Portuguese, and what
 * people type on a keyboard without thinking; lower case. Shorter ones are refused for their length, repetitions and
 * alphabetical sequences by rule.
 */
export const commonPasswords: ReadonlySet<string> = new Set(list.trim().split(/\s+/));
