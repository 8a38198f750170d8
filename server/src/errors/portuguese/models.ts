/** Models, their files and downloads. */
export const models: Readonly<Record<string, string>> = {
  'This key may not use the model "{0}": GET /v1/models or /api/tags lists those it may use.':
    'Esta chave não pode usar o modelo "{0}": GET /v1/models ou /api/tags lista os que ela pode usar.',
  'At most {0} stop strings are taken, of {1} characters together: leave some out.':
    'São aceitos no máximo {0} textos de parada (stop), com {1} caracteres juntos: retire alguns.',
  'The model {0} does not support {1}.': 'O modelo {0} não tem a capacidade {1}.',
  'No reranker is configured or on this machine: name one.':
    'Nenhum modelo que ordena trechos está configurado ou nesta máquina: indique um.',
  'Text {0} has {1} tokens; the model takes {2}.': 'O texto {0} tem {1} tokens; o modelo aceita {2}.',
  'No model that answers is on this machine yet: GET /health/ready tells how far its download is.':
    'Nenhum modelo que responde está nesta máquina ainda: GET /health/ready diz em que ponto está o download.',
  'The model {0} writes texts only.': 'O modelo {0} só escreve textos.',
  'The model {0} embeds texts only.': 'O modelo {0} só converte textos em vetores.',
  'The model {0} ranks texts only.': 'O modelo {0} só ordena textos.',
  'No model that answers has that name: GET /v1/models lists those there are.':
    'Nenhum modelo que responde tem esse nome: GET /v1/models lista os que existem.',
  'The model {0} is not on this machine yet: pull it, or wait for its download.':
    'O modelo {0} ainda não está nesta máquina: traga-o, ou espere pelo download.',
  'There is no model of that name: GET /models lists those there are.':
    'Não há modelo com esse nome: GET /models lista os que existem.',
  'No download of this model was begun here; one that the settings ask for goes on until it is there.':
    'Nenhum download deste modelo foi iniciado aqui; um que as configurações pedem continua até terminar.',
  'There is no model of that name on this machine.': 'Não há modelo com esse nome nesta máquina.',
  'the settings of the service name "{0}": choose another model there first':
    'As configurações do serviço usam "{0}": escolha outro modelo nelas primeiro.',
  '"{0}" is what {1} is made from: remove that first': '"{0}" é aquilo de que {1} é feito: remova isso primeiro.',
  '"{0}" is answering: try again later': '"{0}" está respondendo: tente de novo mais tarde.',
  'A value in the template is nested too deeply.': 'Um valor no template tem níveis demais.',
  'The template does too much work; make it simpler.': 'O template faz trabalho demais; simplifique-o.',
  'This model is a file, which is not there.': 'Este modelo é um arquivo, que não existe.',
  'This model was not downloaded: its file stays where it is.':
    'Este modelo não foi baixado: o arquivo dele fica onde está.',
  'The model is not on this machine.': 'O modelo não está nesta máquina.',
  'The file of this model cannot be used: {0}.': 'O arquivo deste modelo não pode ser usado: {0}.',
  'it is not in GGUF format': 'não está no formato GGUF',
  'its version of GGUF is unknown': 'a versão do GGUF é desconhecida',
  'it has too many entries': 'tem entradas demais',
  'it ends too early': 'termina cedo demais',
  'a text is too long': 'um texto é longo demais',
  'its arrays are too long': 'as listas são longas demais',
  'its texts are too long': 'os textos são longos demais',
  'a value is of an unknown type': 'um valor é de um tipo desconhecido',
  'it has too many tensors': 'tem tensores demais',
  'it says it is larger than can be': 'diz ser maior do que pode ser',
  'a tensor has too many dimensions': 'um tensor tem dimensões demais',
  'The file of this model is not there, or cannot be read.': 'O arquivo deste modelo não existe, ou não pode ser lido.',
  'The file could not be written.': 'O arquivo não pôde ser gravado.',
  'Check the network and the proxy settings; the download continues where it stopped.':
    'Verifique a rede e as configurações de proxy; o download continua de onde parou.',
  'The server offers a file of another size than the catalogue says.':
    'O servidor oferece um arquivo de outro tamanho que o do catálogo.',
  'The file does not have the size it should have.': 'O arquivo não tem o tamanho que deveria ter.',
  'What came is not a model file.': 'O que chegou não é um arquivo de modelo.',
  'The file does not have the hash it should have.': 'O arquivo não tem o hash que deveria ter.',
  '{0} It was thrown away; download it again.': '{0} Ele foi descartado; baixe-o de novo.',
  'Free some space on the disk of DATA_DIR, or choose a smaller model.':
    'Libere espaço no disco de DATA_DIR, ou escolha um modelo menor.',
  'The download address leads in a circle.': 'O endereço do download leva de volta a si mesmo.',
  'The server redirects to an address that is not safe to follow.':
    'O servidor redireciona para um endereço que não é seguro seguir.',
  'The server answered {0}; check the name of the model and MODEL_URL.':
    'O servidor respondeu {0}; verifique o nome do modelo e MODEL_URL.',
  'Use a name of the catalogue, hf:<owner>/<repository>/<file>.gguf, hf:<owner>/<repository>:<quantisation>, the digest of a blob, or the path of a GGUF file.':
    'Use um nome do catálogo, hf:<dono>/<repositório>/<arquivo>.gguf, hf:<dono>/<repositório>:<quantização>, o digest de um blob, ou o caminho de um arquivo GGUF.',
  'The list of files of the repository cannot be had now: check the network and the proxy settings.':
    'A lista de arquivos do repositório não pode ser obtida agora: verifique a rede e as configurações de proxy.',
  'The hub gives no list of the files of this repository.': 'O hub não dá a lista dos arquivos deste repositório.',
  '{0} comes in several files, which are not read.': '{0} vem em vários arquivos, que não são lidos.',
  'No file of {0}/{1} ends with {2}.': 'Nenhum arquivo de {0}/{1} termina com {2}.',
  'More than one file of {0}/{1} ends with {2}.': 'Mais de um arquivo de {0}/{1} termina com {2}.',
  'It has no GGUF files.': 'Ele não tem arquivos GGUF.',
  'Name the file, hf:{0}/{1}/…, of: {2}.': 'Indique o arquivo, hf:{0}/{1}/…, entre: {2}.',
  '"{0}" comes with the service and stays; create one of that name to replace it':
    '"{0}" vem com o serviço e fica; crie uma com esse nome para substituí-la',
  'There is a persona "{0}" already: choose another name.': 'Já existe uma persona "{0}": escolha outro nome.',
  'There is no persona "{0}".': 'Não há persona "{0}".',
};
